"""The Java kernel over the wire. Checks of exercises: whatever the code does, the cell ends and tells what happened."""
import itertools
import time

from kernels import KernelTest

LOOP = "double loop(double x) {\n    while (true) {\n        x += 1;\n    }\n}"
CHECK = """Check.exercise("1", 2)
    .limit(%s)
    .value("endless", () -> loop(2), 1, 0)
    .value("right", () -> 1, 1, 0)
    .done();"""


class Checks(KernelTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kernel.run("import org.scorebook.course.Check;")
        cls.kernel.run(LOOP)

    def test_a_loop_without_end_ends_at_the_time_limit(self):
        cell = self.failing(CHECK % 3)
        kinds = [kind for kind, _ in itertools.groupby(cell.kinds())]
        self.assertEqual(["execute_input", "stream", "error"], kinds)
        self.assertEqual("", cell.text("stderr"), "lines go to the standard output alone")
        self.assertEqual("\u2717 endless: is over the time limit of 3 s: is there a loop without end?\n"
                         "\u2713 right (exactly)\nExercise 1: 0 of 2 points\n", cell.text())
        self.assertEqual("CheckFailed", cell.reply["ename"])
        self.assertValue("10", "int turns = 0; while (turns < 10) { turns++; } turns")

    def test_an_interrupt_ends_the_check_and_not_the_kernel(self):
        cell = self.kernel.send(CHECK % 100)
        self.kernel.listen(2)
        self.assertIsNone(cell.reply, cell.describe())
        start = time.monotonic()
        self.kernel.interrupt()
        self.kernel.finish(cell)
        self.assertEqual("Interrupted", cell.reply["ename"], cell.describe())
        self.assertLess(time.monotonic() - start, 50, "half of its time limit")
        self.assertValue("42", "6 * 7")

    def test_an_exception_names_the_line_of_the_cell(self):
        self.ok("double beyond(int i) {\n    int[] one = {1};\n    return one[i];\n}")
        cell = self.failing('Check.exercise("2").value("a", () -> beyond(2), 1, 0).done();')
        self.assertRegex(cell.text(), r"ArrayIndexOutOfBoundsException: .*\n\tat beyond, cell \d+, line 3:  return one")

    def test_what_a_method_calls_is_seen(self):
        self.ok("double root(double x) { return Math.sqrt(x); }")
        self.ok('Check.exercise("3").value("a", () -> root(4), 2, 0).calls("root", "Math.sqrt").done();')
        cell = self.failing('Check.exercise("3").value("a", () -> root(4), 2, 0).callsNot("root", "sqrt").done();')
        self.assertIn("\u2717 root does not call sqrt: it does\n", cell.text())

    def test_a_forgotten_end_is_no_silent_pass(self):
        cell = self.failing('Check.exercise("4").value("a", () -> 2, 4, 0)')
        self.assertIn("Hint: twice your value is right", cell.text())
        self.assertRegex(self.ok("Check.summary(4, 5);").text(), r"       4  0 of 1\n   total  \d of 5\n")
