"""The Java kernel over the wire. What a cell takes away by defining something again, and what Java forbids and
JShell lets pass, is said."""
from kernels import KernelTest, plain


class Redefinition(KernelTest):
    """A variable is declared anew, without its value, when a type it rests on is: the cell that does it says so."""

    CLASS = "class Part { int size = 1; }\n"

    def setUp(self):
        super().setUp()
        self.ok(self.CLASS)
        self.ok("Part one = new Part(); List<Part> some = new ArrayList<>(List.of(one)); var same = new Part();\n"
                "Part[] row = {one}; Part unset; int count = 3; String text = null;")

    def notes(self, code):
        return self.ok(code).text("stderr")

    def test_names_every_variable_that_was_reset(self):
        said = self.notes("class Part { int size = 2; }")
        self.assertEqual(said.count("\n"), 1)
        names = said[len("note: "):].partition(" lost")[0].split(", ")
        self.assertEqual({"one", "some", "same", "row"}, set(names))
        self.assertIn("Part was defined anew", said)
        self.assertValue("3", "count")

    def test_initialiser_that_no_longer_fits(self):
        said = self.notes("class Part { final int size; Part(int size) { this.size = size; } }")
        for name in ("one", "some", "row"):
            self.assertIn(name, said)
        told = plain(self.failing("one.size").reply["traceback"])
        self.assertIn("the declaration of one no longer fits", told)
        self.ok("Part one = new Part(7);")
        self.assertValue("7", "one.size")

    def test_note_is_there_when_the_cell_fails(self):
        cell = self.failing("class Part { int length = 2; }\none.length")
        self.assertIn("one", cell.text("stderr"))

    def test_nothing_lost_nothing_said(self):
        self.assertEqual("", self.notes(self.CLASS), "a class that is as it was")
        self.assertValue("1", "one.size")
        self.assertEqual("", self.notes("int count = 4; String other = text; count = 5;"))
        said = self.notes("class Part { int size = 3; }\none = new Part();")
        self.assertNotIn("one", said, "it has a value again")
        self.assertNotIn("unset", said)

    def test_method_that_a_class_uses(self):
        self.ok("class User { int twice() { return 2 * helper(); } }\nint helper() { return 1; }\n"
                "User user = new User();")
        said = self.notes("int helper() { return 2; }")
        self.assertIn("user lost its value when helper was defined anew", said)

    def test_import_that_shows_what_no_longer_fits(self):
        """Java keeps the value of an Object whose initialiser fits no more, until it looks at all of them again."""
        self.ok("Object thing = new Part();")
        self.ok("class Part { Part(String name) {} }")
        said = self.notes("import java.util.zip.*;")
        self.assertIn("thing lost its value when java.util.zip.* was imported", said)
        self.assertNotIn("zip.* was defined", said)

    def test_what_does_not_compile_any_more(self):
        self.ok("int sizeOf(Part part) { return part.size; }")
        self.assertIn("sizeOf", self.notes("class Part { int length; }"))
        self.assertIn("size", self.failing("sizeOf(new Part())").reply["evalue"])

    def test_object_of_the_class_as_it_was(self):
        self.ok("Object kept = one;")
        self.ok("class Part { int size = 9; }")
        self.assertIn("as it was before it was defined anew", self.failing("Part part = (Part) kept;").reply["evalue"])

    def test_declared_twice_in_a_cell(self):
        self.assertIn("x is declared twice", self.notes("int x = 2; int x = 3;"))
        self.assertValue("3", "x")
        self.assertIn("f is declared twice", self.notes("int f() { return 1; }\nint f() { return 2; }"))
        self.assertEqual("", self.notes("int f(int a) { return a; }\nint f(String a) { return 1; }"))

    def test_declared_again_without_a_value(self):
        self.ok("int kept = 7;")
        self.assertIn("kept lost its value when it was declared again", self.notes("int kept;"))
        sums = "int sum;\nfor (int i = 0; i < 3; i++) sum += i;\nsum"
        for _ in range(2):
            cell = self.ok(sums)
            self.assertEqual(("3", ""), (cell.value, cell.text("stderr")), "a cell that is run again starts anew")


class Rules(KernelTest):
    """Rules of Java that hold in cells too."""

    def test_failing_assertion(self):
        for code in ("assert 1 == 2;", "void check() { assert false; }\ncheck()",
                     "class Checked { Checked() { assert false; } }\nnew Checked()"):
            self.assertEqual(self.failing(code).reply["ename"], "AssertionError")
        self.assertEqual(self.failing('assert false : "why";').reply["evalue"], "why")
        self.ok("assert 1 == 1;")

    def test_variable_that_became_final(self):
        """A method that assigned to it before does not make the cell fail that defines what the method uses."""
        self.ok("int slow = 1;\nint step() { return 1; }\nvoid set() { slow = step(); }")
        self.ok("final int slow = 2;")
        self.ok("long step() { return 2; }")
        self.ok("int step() { return 3; }")
        self.assertValue("2", "slow")

    def test_final_variables(self):
        self.ok("final int fixed = 3;\n"
                "@SuppressWarnings(\"unused\") static final List<String> names = new ArrayList<>();")
        self.ok('names.add("x");')
        for code in ("fixed = 4;", "fixed++", "fixed += 1;", "Runnable r = () -> fixed = 5;",
                     "void set() { fixed = 6; }",
                     "class Setter { void set() { fixed = 7; } }", "for (int i = 0; i < 3; i++) {\n    fixed = i;\n}"):
            with self.subTest(code):
                cell = self.failing(code)
                self.assertEqual(cell.reply["evalue"], "cannot assign a value to final variable fixed")
                line = next(i for i, text in enumerate(code.split("\n"), 1) if "fixed" in text)
                self.assertIn("line %d: " % line, plain(cell.reply["traceback"]))
                self.assertValue("3", "fixed")
        self.failing("set()")
        self.ok("final int fixed = 8;")
        self.assertValue("8", "fixed")
        self.ok("int fixed = 9;\nfixed = 10;")
        self.assertValue("5", "final int later; later = 5; later")
        self.assertValue("1", "class Own { static int fixed = 0; void set() { fixed = 1; } }\n"
                              "new Own().set(); Own.fixed")
