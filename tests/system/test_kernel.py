"""The Java kernel as a notebook server sees it: messages over the wire, one kernel for each class of tests.

    JUPYTER_PATH=target/jupyter python3 -m unittest discover -s tests/system -p test_kernel.py
"""
import base64
import datetime
import subprocess
import sys
import time
import unittest

from kernels import Kernel, kernelspec, measured, pixels, plain, running


class KernelTest(unittest.TestCase):
    environment = {}

    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel(**cls.environment)
        cls.addClassCleanup(cls.kernel.close)

    def setUp(self):
        """One test that gets the kernel stuck does not fail those after it."""
        if self.kernel.stuck:
            self.kernel.close()
            self.setUpClass()

    def ok(self, code, **options):
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "ok", cell.describe())
        return cell

    def failing(self, code, **options):
        """Runs a cell that must fail, and checks that the reply and the message for the page say the same."""
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "error", cell.describe())
        self.assertEqual(len(cell.of("error")), 1, cell.describe())
        for field in ("ename", "evalue", "traceback"):
            self.assertEqual(cell.reply[field], cell.of("error")[0][field])
        self.assertIsInstance(cell.reply["evalue"], str)
        self.assertTrue(all(isinstance(line, str) for line in cell.reply["traceback"]))
        return cell

    def assertValue(self, expected, code):
        self.assertEqual(expected, self.kernel.value(code), "value of %r" % code)


class Results(KernelTest):
    """What a cell's last value becomes."""

    def test_kernel_info(self):
        info = self.kernel.ask("kernel_info")
        language = info["language_info"]
        self.assertRegex(info["protocol_version"], r"^5\.\d+$")
        self.assertEqual(language["name"].lower(), "java")
        self.assertIn(language["file_extension"], (".java", ".jshell"))
        self.assertIn("java", language["mimetype"])
        self.assertTrue(language["version"] and info["implementation"] and info["banner"])

    def test_interrupts_are_messages(self):
        self.assertEqual(kernelspec().interrupt_mode, "message")

    def test_number(self):
        cell = self.ok("1 + 2")
        self.assertEqual(cell.kinds(), ["execute_input", "execute_result"])
        self.assertEqual(cell.result, {"text/plain": "3"})
        self.assertEqual(cell.of("execute_result")[0]["metadata"], {})

    def test_string(self):
        self.assertEqual(self.ok('"plain €🙂 text"').value, "plain €🙂 text")

    def test_objects(self):
        self.assertValue("[1, 2]", "java.util.List.of(1, 2)")
        self.assertValue("2.5", "5 / 2.0")
        self.assertValue("true", "1 < 2")

    def test_cells_without_a_value_give_no_result(self):
        for code in ("null", "(String) null", "System.gc()", "int unshown = 5;", "import java.util.List;",
                     "void nothing() {}", "class Empty {}", "", "  \n", "// only a comment", "/* two\nlines */",
                     "for (int i = 0; i < 3; i++) {}"):
            with self.subTest(code):
                self.assertNotIn("execute_result", self.ok(code).kinds())

    def test_last_value_of_several_statements(self):
        self.assertValue("12", "int left = 5;\nint right = 7;\nleft + right")
        self.assertValue("9", "1 + 1; 4 + 5")

    def test_semicolons_and_comments_do_not_hide_the_value(self):
        self.ok("int shown = 21;")
        for code in ("shown;", "shown // why", "shown; // why", "shown\n// why", "shown /* why */",
                     "shown\n/* a\n b */\n", "// before\nshown", "shown\n\n\n", "/** a */ shown"):
            with self.subTest(code):
                self.assertValue("21", code)

    def test_execution_counts_go_up(self):
        first, second = self.ok("1"), self.ok("int counted = 2;")
        self.assertEqual(second.reply["execution_count"], first.reply["execution_count"] + 1)
        for cell in (first, second):
            self.assertEqual(cell.of("execute_input")[0]["execution_count"], cell.reply["execution_count"])
            self.assertEqual(cell.of("execute_input")[0]["code"], cell.code)
        self.assertEqual(first.of("execute_result")[0]["execution_count"], first.reply["execution_count"])

    def test_silent_requests_neither_count_nor_show(self):
        before = self.ok("1").reply["execution_count"]
        silent = self.ok("int quiet = 3; quiet", silent=True)
        self.assertEqual(silent.kinds(), [])
        self.assertEqual(self.ok("quiet").reply["execution_count"], before + 1)

    def test_every_request_is_framed_by_busy_and_idle(self):
        cell = self.ok("2")
        self.assertEqual([content["execution_state"] for content in cell.of("status")], ["busy", "idle"])
        self.assertEqual((cell.messages[0]["msg_type"], cell.messages[-1]["msg_type"]), ("status", "status"))

    def test_reply_has_the_fields_of_the_protocol(self):
        reply = self.ok("2").reply
        self.assertEqual(reply.get("user_expressions"), {})
        self.assertIsInstance(reply.get("payload", []), list)

    def test_comm_info(self):
        self.assertEqual(self.kernel.ask("comm_info")["comms"], {})

    def test_every_reply_has_a_status(self):
        """The protocol wants it in all of them; jupyter_kernel_test rejects a reply without."""
        replies = {name: self.kernel.ask(name, *arguments) for name, arguments in (
            ("kernel_info", ()), ("comm_info", ()), ("complete", ("in",)), ("inspect", ("Math",)), ("history", ()),
            ("is_complete", ("1",)), ("execute", ("1",)))}
        replies["interrupt"] = self.kernel.interrupt()["content"]
        without = [name for name, content in replies.items() if "status" not in content]
        self.assertEqual(without, [])

    def post_raw(self, kind, content, channel="shell"):
        message = self.kernel.client.session.msg(kind, content)
        getattr(self.kernel.client, channel + "_channel").send(message)

    def assertHears(self):
        """A kernel that is there but no longer answers is the worst: nothing restarts it."""
        self.assertEqual(self.kernel.run("6 * 7", seconds=8).value, "42")

    def test_requests_it_does_not_know_are_survived(self):
        for kind, content in (("usage_request", {}), ("debug_request", {"command": "x"}), ("connect_request", {}),
                              ("comm_open", {"comm_id": "1", "target_name": "none", "data": {}}),
                              ("comm_msg", {"comm_id": "1", "data": {}})):
            for channel in ("shell", "control"):
                self.post_raw(kind, content, channel)
        self.assertHears()

    def test_malformed_requests_are_survived(self):
        for kind, content in (("execute_request", {}), ("complete_request", {"code": "x", "cursor_pos": 99}),
                              ("inspect_request", {"code": "x", "cursor_pos": -5}), ("is_complete_request", {}),
                              ("history_request", {}), ("history_request", {"hist_access_type": "none"})):
            with self.subTest(kind, content=content):
                self.setUp()
                self.post_raw(kind, content)
                self.assertHears()

    def test_message_with_a_wrong_signature_is_ignored(self):
        session = self.kernel.client.session
        right, session.key = session.key, b"wrong"
        self.post_raw("execute_request", {"code": "int forged = 1;", "silent": False})
        session.key = right
        self.assertHears()
        self.assertEqual(self.kernel.run("forged").status, "error")


class Pictures(KernelTest):
    """A picture reaches the page byte for byte. Noise does not compress, so a lost byte cannot hide."""

    SIZE = 600
    NOISE = """
        java.awt.image.BufferedImage noise(int size, int state) {
            var image = new java.awt.image.BufferedImage(size, size, java.awt.image.BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < size * size; i++) {
                state = state * 1664525 + 1013904223;
                image.setRGB(i % size, i / size, state >>> 8);
            }
            return image;
        }"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kernel.value(cls.NOISE)

    @staticmethod
    def noise(size, state):
        """The same pixels as the Java method's, as rows of RGB bytes."""
        row = bytearray()
        for i in range(size * size):
            state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
            row += state.to_bytes(4, "big")[:3]
            if len(row) == 3 * size:
                yield bytes(row)
                row.clear()

    def assertNoise(self, data, size, seed):
        png = base64.b64decode(data, validate=True)
        self.assertEqual(base64.b64encode(png).decode(), data)
        width, height, channels, rows = pixels(png)
        self.assertEqual((width, height, channels, len(rows)), (size, size, 3, size))
        for y, (row, expected) in enumerate(zip(rows, self.noise(size, seed))):
            self.assertEqual(row, expected, "row %d of the picture" % y)
        return png

    def test_small_picture(self):
        cell = self.ok("new java.awt.image.BufferedImage(3, 2, java.awt.image.BufferedImage.TYPE_INT_ARGB)")
        self.assertIn("image/png", cell.result)
        self.assertIn("text/plain", cell.result)
        png = base64.b64decode(cell.result["image/png"], validate=True)
        self.assertEqual(pixels(png), (3, 2, 4, [bytes(12), bytes(12)]))

    def test_every_length_of_the_encoding(self):
        """Base64 pads to threes of bytes: pictures of many lengths, whose last bytes must all be there."""
        lengths = set()
        for size in range(1, 13):
            data = self.ok("noise(%d, %d)" % (size, size)).result["image/png"]
            lengths.add(len(self.assertNoise(data, size, size)) % 3)
        self.assertEqual(lengths, {0, 1, 2})

    def test_big_result(self):
        cell = self.ok("noise(%d, 1)" % self.SIZE)
        self.assertGreater(len(self.assertNoise(cell.result["image/png"], self.SIZE, 1)), 1000000)
        measured("picture of 1 MB, from request to reply", cell.seconds)

    def test_big_display(self):
        cell = self.ok("String shown = display(noise(%d, 2));" % self.SIZE)
        self.assertEqual(cell.kinds(), ["execute_input", "display_data"])
        content = cell.of("display_data")[0]
        self.assertNoise(content["data"]["image/png"], self.SIZE, 2)
        self.assertEqual(content["transient"]["display_id"], self.kernel.value("shown"))

    def test_updated_display(self):
        self.ok("String updated = display(noise(8, 3));")
        cell = self.ok("updateDisplay(updated, noise(9, 4));")
        self.assertEqual(cell.kinds(), ["execute_input", "update_display_data"])
        content = cell.of("update_display_data")[0]
        self.assertNoise(content["data"]["image/png"], 9, 4)
        self.assertEqual(content["transient"]["display_id"], self.kernel.value("updated"))


class Errors(KernelTest):
    """A failure names what went wrong and where in the student's code, and nothing of the machinery."""

    MACHINERY = ("jdk.jshell", "org.scorebook.kernel", "REPL.", "$JShell$", "do_it$", "jdk.internal.reflect",
                 "java.lang.reflect.Method", "dflib")

    def traceback(self, cell):
        text = plain(cell.reply["traceback"])
        for word in self.MACHINERY:
            self.assertNotIn(word, text)
        return text

    def assertWorks(self):
        self.assertValue("42", "6 * 7")

    def test_error_with_a_cause(self):
        defined = self.ok('void fail() {\n    throw new IllegalStateException("outer",\n'
                          '            new IllegalArgumentException("inner"));\n}')
        cell = self.failing("int before = 1;\n\nfail();")
        self.assertEqual(cell.reply["ename"].rpartition(".")[2], "IllegalStateException")
        self.assertEqual(cell.reply["evalue"], "outer")
        text = self.traceback(cell)
        self.assertRegex(text, r"IllegalStateException: outer")
        self.assertRegex(text, r"Caused by: .*IllegalArgumentException: inner")
        self.assertFrame(text, "fail", defined, 2)
        self.assertFrame(text, "", cell, 3)

    def assertFrame(self, text, method, cell, line):
        """A line of the traceback names the method, the cell by its number, and the line."""
        pattern = r"(?m)^\s*at .*%s.*\b%d\b.*\b%d\b" % (method, cell.reply["execution_count"], line)
        self.assertRegex(text, pattern)

    def test_chain_of_causes(self):
        text = self.traceback(self.failing(
            'throw new RuntimeException("a", new RuntimeException("b", new java.io.IOException("c")));'))
        self.assertEqual(text.count("Caused by"), 2)
        self.assertLess(text.index("Caused by"), text.index("IOException: c"))

    def test_causes_in_a_circle(self):
        self.failing('var a = new Exception("a"); var b = new Exception("b", a); a.initCause(b);\nthrow a;')
        self.assertWorks()

    def test_error_in_a_library_keeps_the_library_frame(self):
        cell = self.failing('Integer.parseInt("x1");')
        self.assertIn("Integer.parseInt", self.traceback(cell))
        self.assertIn("x1", cell.reply["evalue"])

    def test_error_in_a_lambda_and_in_a_class(self):
        lambda_cell = self.failing("java.util.stream.Stream.of(1, 0)\n    .map(i -> 1 / i)\n    .toList();")
        self.assertFrame(self.traceback(lambda_cell), "", lambda_cell, 2)
        defined = self.ok("class Divider {\n    int by(int n) {\n        return 1 / n;\n    }\n}")
        self.assertFrame(self.traceback(self.failing("new Divider().by(0)")), "by", defined, 3)

    def test_redefinition_points_to_the_new_cell(self):
        self.ok("int again() {\n    return 1;\n}")
        defined = self.ok("// moved down\n\nint again() {\n    return 1 / 0;\n}")
        self.assertFrame(self.traceback(self.failing("again()")), "again", defined, 4)
        self.ok("int turn = 1;\nint turned = 2;")
        cell = self.failing('int other = 3;\n\nint turned = "text";')
        self.assertCompileError(cell, 3, 'int turned = "text";', '"text"')

    def test_error_without_a_message(self):
        self.assertIn("RuntimeException", self.traceback(self.failing("throw new RuntimeException();")))

    def test_checked_exception(self):
        self.assertEqual(self.failing('throw new java.io.IOException("disk");').reply["evalue"], "disk")

    def test_null_pointer_is_explained(self):
        self.ok("String nothing = null;")
        self.assertIn("nothing", plain(self.failing("nothing.length()").reply["traceback"]))

    def assertCompileError(self, cell, line, source, token):
        """The traceback names the cell and the line, and shows the source with a caret under the token."""
        text = plain(cell.reply["traceback"])
        self.assertRegex(text, r"\b%d\b.*\b%d\b" % (cell.reply["execution_count"], line))
        lines = text.split("\n")
        at = next((i for i, each in enumerate(lines) if source in each), None)
        self.assertIsNotNone(at, "no line %r in\n%s" % (source, text))
        below = lines[at + 1] if at + 1 < len(lines) else ""
        self.assertEqual(below.find("^"), lines[at].index(token), "caret in\n" + text)
        return text

    def test_compile_error_shows_the_line(self):
        cell = self.failing('int a = 1;\nint b = "text";\nint c = 3;')
        text = self.assertCompileError(cell, 2, 'int b = "text";', '"text"')
        self.assertRegex(text, r"incompatible types: (java\.lang\.)?String cannot be converted to int")

    def test_compile_error_inside_a_method(self):
        cell = self.failing('int g = 1;\nint half(int n) {\n    int m = n;\n    return "half";\n}')
        self.assertIn("incompatible types", self.assertCompileError(cell, 4, 'return "half";', '"half"'))

    def test_unknown_name(self):
        cell = self.failing("int fine = 1;\n\nint d = fine + unknownName;")
        text = self.assertCompileError(cell, 3, "int d = fine + unknownName;", "unknownName")
        self.assertIn("cannot find symbol", text)

    def test_syntax_error(self):
        cell = self.failing("int fine = 1;\nint x = ;")
        self.assertIn("illegal start of expression", self.assertCompileError(cell, 2, "int x = ;", ";"))

    def test_windows_line_ends(self):
        cell = self.failing("int w = 1;\r\n\r\nint v = 1 / 0;\r\nint u = 2;\r\n")
        self.assertFrame(self.traceback(cell), "", cell, 3)
        self.assertNotIn("\r", "".join(cell.reply["traceback"]))

    def test_unfinished_code(self):
        self.failing("for (int i = 0; i < 3; i++) {")
        self.assertWorks()

    def test_serious_errors_do_not_end_the_kernel(self):
        self.ok("int deep(int n) { return 1 + deep(n + 1); }")
        for code, name in (("deep(0)", "StackOverflowError"),
                           ('throw new AssertionError("simulated");', "AssertionError"),
                           ('throw new OutOfMemoryError("simulated");', "OutOfMemoryError"),
                           ('throw new LinkageError("simulated");', "LinkageError"),
                           ("class Broken { static int v = 1 / 0; }\nBroken.v", "ExceptionInInitializerError"),
                           ("new int[Integer.MAX_VALUE][100_000]", "OutOfMemoryError")):
            with self.subTest(code):
                cell = self.failing(code)
                self.assertEqual(cell.reply["ename"].rpartition(".")[2], name)
                self.traceback(cell)
                self.assertWorks()

    def test_failure_in_the_middle_keeps_what_came_before(self):
        self.failing('int kept = 11;\nint broken = 1 / Integer.parseInt("0");\nint never = 5;')
        self.assertValue("11", "kept")
        self.failing("never")

    def test_result_that_cannot_be_printed(self):
        self.failing('class Unprintable { public String toString() { throw new IllegalStateException("no text"); } }\n'
                     'new Unprintable()')
        self.assertWorks()

    def test_exception_whose_message_fails(self):
        self.failing('class Odd extends RuntimeException {\n'
                     '    public String getMessage() { throw new IllegalStateException("no message"); }\n}\n'
                     'throw new Odd();')
        self.assertWorks()


class Editing(KernelTest):
    """Completion, inspection and is-it-complete."""

    def completed(self, code, cursor=None):
        """The texts that accepting each of the offered completions would give."""
        reply = self.kernel.ask("complete", code, len(code) if cursor is None else cursor)
        self.assertEqual((reply["status"], reply["metadata"]), ("ok", {}))
        start, end = reply["cursor_start"], reply["cursor_end"]
        self.assertTrue(0 <= start <= end <= len(code), "%d to %d of %d" % (start, end, len(code)))
        return [code[:start] + match + code[end:] for match in reply["matches"]]

    def assertCompletes(self, code, typed, whole, cursor=None):
        """Some completion replaces the typed start of a name by the whole name, maybe with brackets, and no more."""
        at = len(code) if cursor is None else cursor
        self.assertEqual(code[at - len(typed):at], typed)
        before, after = code[:at - len(typed)], code[at:]
        expected = {before + whole + bracket + after for bracket in ("", "(", "()")}
        texts = self.completed(code, cursor)
        self.assertTrue(expected & set(texts), "%r is not among %r" % (before + whole + after, texts[:20]))

    def test_member(self):
        self.assertCompletes('"abc".leng', "leng", "length")

    def test_variable_of_an_earlier_cell(self):
        self.ok('String firstWord = "abc";')
        self.assertCompletes("firstW", "firstW", "firstWord")
        self.assertCompletes("int n = firstWord.leng", "leng", "length")

    def test_cursor_in_the_middle_of_a_cell(self):
        self.ok('String middle = "abc";')
        code = "int a = 1;\nint n = middle.leng + 1;\nint after = 2;"
        self.assertCompletes(code, "leng", "length", code.index("leng") + 4)

    def test_variable_of_the_same_cell(self):
        code = 'var here = new StringBuilder();\nhere.reve'
        self.assertCompletes(code, "reve", "reverse")

    def test_positions_count_code_points(self):
        self.assertCompletes('/* 🙂🙂 */ "abc".leng', "leng", "length")
        code = 'String s = "🙂🙂🙂";\ns.leng\n// 🙂'
        self.ok('String s = "";')
        self.assertCompletes(code, "leng", "length", code.index("leng") + 4)

    def test_static_and_type(self):
        self.assertCompletes("Math.ma", "ma", "max")
        self.assertCompletes("java.util.ArrayLi", "ArrayLi", "ArrayList")

    def test_nothing_to_complete(self):
        self.assertEqual(self.completed('"abc".noSuchMemberAtAll'), [])
        self.completed("")
        self.completed("int x = (((", 5)

    def inspected(self, code, cursor=None, detail=0):
        reply = self.kernel.ask("inspect", code, len(code) if cursor is None else cursor, detail)
        self.assertEqual(reply["status"], "ok")
        return reply["found"], reply["data"].get("text/plain", "")

    def test_inspect_variable(self):
        self.ok("java.util.List<String> words = java.util.List.of();")
        found, text = self.inspected("words")
        self.assertTrue(found)
        self.assertRegex(text, r"words.*List<(java\.lang\.)?String>|List<(java\.lang\.)?String>.*words")

    def test_inspect_method(self):
        for code, cursor in (("Math.max", None), ("Math.max(", None), ("int m = Math.max(1, 2);", 13)):
            with self.subTest(code):
                found, text = self.inspected(code, cursor)
                self.assertTrue(found)
                self.assertIn("max(int", text)

    def test_inspect_own_method(self):
        self.ok("int addTwo(int number) { return number + 2; }")
        found, text = self.inspected("addTwo(")
        self.assertTrue(found)
        self.assertIn("addTwo(int", text)

    def test_inspect_after_an_emoji(self):
        self.ok("int counted = 1;")
        code = "/* 🙂🙂🙂 */ counted + 1"
        found, text = self.inspected(code, code.index("counted") + 3)
        self.assertTrue(found, text)
        self.assertIn("counted", text)

    def test_inspect_unknown(self):
        for code in ("noSuchName", "", "   ", "("):
            with self.subTest(code):
                self.assertEqual(self.inspected(code), (False, ""))

    def completeness(self, code):
        reply = self.kernel.ask("is_complete", code)
        return reply["status"], reply.get("indent")

    def test_complete_code(self):
        for code in ("int x = 1;", "1 + 2", "int a = 1;\nint b = 2;", "void f() {\n}", "// words", '"{"',
                     "class A { }"):
            with self.subTest(code):
                self.assertEqual(self.completeness(code)[0], "complete")

    def test_incomplete_code(self):
        for code in ("for (int i = 0; i < 3; i++) {", "1 +", "int f(", 'String s = """\n    text', "/* open"):
            with self.subTest(code):
                self.assertEqual(self.completeness(code)[0], "incomplete")

    def test_indent_goes_on(self):
        _, outer = self.completeness("for (;;) {")
        _, inner = self.completeness("for (;;) {\n    for (;;) {")
        self.assertRegex(outer, r"^[ \t]+$")
        self.assertGreater(len(inner), len(outer))

    def test_invalid_code(self):
        for code in ("int x = 1; )", "class 5 {}", "int y = 1; }"):
            with self.subTest(code):
                self.assertEqual(self.completeness(code)[0], "invalid")


class Input(KernelTest):
    """System.in asks the page. The C locale proves that text does not depend on the machine's settings."""

    environment = {"LC_ALL": "C"}
    LINE = "new java.util.Scanner(System.in).nextLine()"

    def asked(self, code):
        """Sends a cell and waits until it has asked for a line."""
        cell = self.kernel.send(code, allow_stdin=True)
        self.kernel.wait(lambda: cell.input_requests or cell.reply, 10, "input_request", cell)
        self.assertEqual(len(cell.input_requests), 1, cell.describe())
        content = cell.input_requests[0]["content"]
        self.assertIsInstance(content["prompt"], str)
        self.assertIs(content["password"], False)
        return cell

    def test_line(self):
        cell = self.asked(self.LINE)
        self.kernel.client.input("typed €🙂")
        self.assertEqual(self.kernel.finish(cell).value, "typed €🙂")

    def test_two_lines(self):
        cell = self.asked("var in = new java.util.Scanner(System.in);\nin.nextInt() + in.nextInt()")
        self.kernel.client.input("20")
        self.kernel.wait(lambda: len(cell.input_requests) == 2, 10, "second input_request", cell)
        self.kernel.client.input("22")
        self.assertEqual(self.kernel.finish(cell).value, "42")

    def test_prompt_printed_before_is_there_in_time(self):
        cell = self.asked('System.out.print("Name? ");\n' + self.LINE)
        self.kernel.wait(lambda: cell.text() == "Name? ", 2, "prompt", cell)
        self.kernel.client.input("")
        self.assertEqual(self.kernel.finish(cell).value, "")

    def test_not_allowed(self):
        cell = self.failing(self.LINE, seconds=10)
        self.assertEqual(cell.input_requests, [])
        self.assertValue("42", "6 * 7")

    def test_interrupt_while_waiting(self):
        """Several times, since the interrupt may meet the kernel in the middle of looking for the answer."""
        for _ in range(5):
            cell = self.asked(self.LINE)
            start = time.monotonic()
            self.kernel.interrupt()
            self.kernel.finish(cell, 5)
            self.assertEqual(cell.status, "error")
            measured("interrupt while waiting for input", cell.replied_at - start)
            self.assertValue("42", "6 * 7")
        again = self.asked(self.LINE)
        self.kernel.client.input("fresh")
        self.assertEqual(self.kernel.finish(again).value, "fresh")


class InterruptTest(KernelTest):
    """After an interrupt the next cell runs within five seconds, and what was defined before is still there."""

    LIMIT = 5

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kernel.value("int kept = 17; long turns = 0;")

    def started(self, code):
        """Sends a cell and waits until its last statement runs."""
        cell = self.kernel.send('System.out.println("started");\n' + code)
        self.kernel.wait(lambda: cell.text() == "started\n", 10, "first line", cell)
        self.kernel.listen(0.3)
        self.assertIsNone(cell.reply, cell.describe())
        return cell

    def interrupted(self, name, code):
        cell = self.started(code)
        start = time.monotonic()
        self.assertEqual(self.kernel.interrupt()["msg_type"], "interrupt_reply")
        self.assertFree(name, cell, start)
        self.assertEqual(cell.status, "error", cell.describe())
        return cell

    def assertFree(self, name, cell, start):
        self.kernel.finish(cell, self.LIMIT)
        answer = self.kernel.run("6 * 7", self.LIMIT)
        seconds = time.monotonic() - start
        measured("interrupt, then the next answer: " + name, seconds)
        self.assertEqual(answer.value, "42", answer.describe())
        self.assertLess(seconds, self.LIMIT)
        self.assertValue("17", "kept")
        self.assertValue("false", "Thread.currentThread().isInterrupted()")


class Interrupts(InterruptTest):
    """Of code in cells, and of the calls it waits in."""

    def test_loop_that_polls(self):
        """It may end by itself or be stopped a moment earlier: either way there is one reply, and nothing hangs."""
        cell = self.started("while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();")
        start = time.monotonic()
        self.kernel.interrupt()
        self.assertFree("loop that polls", cell, start)
        self.assertIn(cell.status, ("ok", "error"))
        print("its status is", cell.status)

    def test_loop_that_prints(self):
        cell = self.kernel.send('while (true) System.out.println("again and again");')
        self.kernel.wait(lambda: cell.text(), 10, "first line", cell)
        self.kernel.listen(0.5)
        start = time.monotonic()
        self.kernel.interrupt()
        self.assertFree("loop that prints", cell, start)

    def test_value_whose_text_never_ends(self):
        self.interrupted("toString", "new Object() { public String toString() { while (true) { turns++; } } }")

    def test_work_after_the_loop_is_done_when_the_loop_waits(self):
        self.ok("boolean saved = false;")
        self.interrupted("finally", "try { Thread.sleep(60000); } finally { saved = true; }")
        self.assertValue("true", "saved")

    def test_sleep(self):
        self.interrupted("sleep", "Thread.sleep(60000);")

    def test_wait_for_another_thread(self):
        self.interrupted("latch", "new java.util.concurrent.CountDownLatch(1).await();")

    def test_loop_that_never_polls(self):
        self.interrupted("endless loop", "while (true) { turns++; }")
        self.assertValue("true", "turns > 0")

    def test_loop_in_a_method_of_an_earlier_cell(self):
        self.ok("long spin() { long n = 0; do { n++; } while (n != -1); return n; }")
        self.interrupted("endless loop in a method", "spin()")

    def test_loop_in_a_class_and_a_lambda(self):
        self.ok("class Spinner { void spin() { for (;;) { Runnable r = () -> { while (true) { } }; r.run(); } } }")
        self.interrupted("endless loop in a lambda", "new Spinner().spin();")

    def test_loop_that_swallows_exceptions(self):
        self.interrupted("swallows exceptions", "while (true) { try { Thread.sleep(10); } catch (Exception e) { } }")

    def test_loop_that_swallows_everything(self):
        self.interrupted("swallows everything",
                         "while (true) { try { while (true) { turns++; } } catch (Throwable e) { } }")

    def test_interrupt_at_once(self):
        """While the cell is still being compiled."""
        for code in ("Thread.sleep(60000);", "int a = 1;\nint b = 2;\nint c = 3;\nwhile (true) { turns++; }"):
            with self.subTest(code):
                cell = self.kernel.send(code)
                self.kernel.wait(lambda: "execute_input" in cell.kinds(), 10, "execute_input", cell)
                start = time.monotonic()
                self.kernel.interrupt()
                self.assertFree("while compiling", cell, start)

    def test_interrupt_through_the_manager(self):
        cell = self.started("Thread.sleep(60000);")
        start = time.monotonic()
        self.kernel.manager.interrupt_kernel()
        self.assertFree("through the manager", cell, start)

    def test_statements_after_the_interrupted_one_do_not_run(self):
        self.ok("boolean reached = false;")
        self.interrupted("then a statement", "Thread.sleep(60000);\nreached = true;")
        self.assertValue("false", "reached")

    def test_interrupt_when_idle_is_forgotten(self):
        self.kernel.interrupt()
        self.assertValue("42", "Thread.sleep(200);\n6 * 7")

    def test_interrupt_aborts_the_queue(self):
        cell = self.started("Thread.sleep(60000);")
        queued = self.kernel.send("kept = 18;")
        self.kernel.listen(0.3)
        start = time.monotonic()
        self.kernel.interrupt()
        self.kernel.finish(queued, self.LIMIT)
        self.assertEqual(queued.status, "aborted", queued.describe())
        self.assertFree("with a queued cell", cell, start)


class LibraryInterrupts(InterruptTest):
    """Loops inside the JDK, which no kernel can see into. Apart, since such code may go on in the background."""

    def test_loop_that_polls_and_shows_progress(self):
        """As a training loop does: sending a message must not swallow the interrupt that the loop polls for."""
        self.ok("""
            boolean ended = false;
            String bar = display("0");
            void train() {
                IntStream.iterate(0, i -> i + 1).takeWhile(i -> !Thread.interrupted()).forEach(i -> {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                    updateDisplay(bar, i);
                });
                ended = true;
            }""")
        for _ in range(3):
            self.ok("ended = false;")
            cell = self.interrupted("loop that polls and shows progress", "train();")
            self.assertNotIn("ZMQ", cell.reply["ename"])
            self.assertValue("true", "ended")

    def test_loop_that_does_not_poll(self):
        self.interrupted("LongStream.filter", "java.util.stream.LongStream.range(0, Long.MAX_VALUE)"
                         ".filter(i -> i % 3 == 5).count()")
        self.interrupted("BigInteger.modPow", "var odd = java.math.BigInteger.ONE.shiftLeft(400_003)"
                         ".subtract(java.math.BigInteger.ONE);\njava.math.BigInteger.TEN.modPow(odd, odd)")


class Queue(KernelTest):
    """After a failing cell the cells already queued do not run."""

    def send_dated(self, code, ahead):
        """Sends a cell as a browser does whose clock is that many seconds ahead of the kernel's machine."""
        client = self.kernel.client
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
                   "stop_on_error": True}
        message = client.session.msg("execute_request", content)
        message["header"]["date"] += datetime.timedelta(seconds=ahead)
        cell = self.kernel.expect(message["header"]["msg_id"], code)
        client.shell_channel.send(message)
        return cell

    def test_clocks_that_differ(self):
        for ahead in (3600, -3600):
            with self.subTest(seconds=ahead):
                self.ok("int ran = 0;")
                cells = [self.send_dated(code, ahead) for code in (
                    'Thread.sleep(500); throw new IllegalStateException("stop");', "ran = 1;")]
                for cell in cells:
                    self.kernel.finish(cell)
                self.assertEqual([cell.status for cell in cells], ["error", "aborted"])
                self.assertEqual(self.kernel.finish(self.send_dated("ran", ahead)).value, "0")

    def sent_at_once(self, stop_on_error):
        self.ok("var ran = new java.util.ArrayList<String>();")
        codes = ('Thread.sleep(500); ran.add("one");', 'ran.add("two"); throw new IllegalStateException("two");',
                 'ran.add("three"); ran.size()', 'ran.add("four"); ran.size()')
        cells = [self.kernel.send(code, stop_on_error=stop_on_error or i != 1) for i, code in enumerate(codes)]
        behind = self.kernel.post("kernel_info")
        for cell in cells + [behind]:
            self.kernel.finish(cell)
        self.assertIn("language_info", behind.reply)
        return cells

    def test_queued_cells_are_aborted(self):
        cells = self.sent_at_once(stop_on_error=True)
        self.assertEqual([cell.status for cell in cells], ["ok", "error", "aborted", "aborted"])
        for cell in cells[2:]:
            self.assertEqual(cell.kinds(), [])
        later = self.ok("ran")
        self.assertEqual(later.value, "[one, two]")
        self.assertEqual(later.reply["execution_count"], cells[1].reply["execution_count"] + 1)

    def test_queue_goes_on_if_asked_to(self):
        cells = self.sent_at_once(stop_on_error=False)
        self.assertEqual([cell.status for cell in cells], ["ok", "error", "ok", "ok"])
        self.assertValue("[one, two, three, four]", "ran")

    def test_compile_error_aborts_too(self):
        first = self.kernel.send("Thread.sleep(300); int x = unknownName;")
        second = self.kernel.send("1 + 1")
        self.kernel.finish(first), self.kernel.finish(second)
        self.assertEqual((first.status, second.status), ("error", "aborted"))

    def test_cell_sent_after_the_error_runs(self):
        for _ in range(5):
            self.failing('throw new IllegalStateException("now");')
            self.assertValue("42", "6 * 7")

    def test_one_client_after_another(self):
        """What nbclient does: the next cell is sent the moment the reply to the failed one is in."""
        for _ in range(8):
            failed = self.kernel.send("int y = unknownName;")
            self.kernel.wait(lambda: failed.reply, 10, "reply", failed)
            self.assertEqual(self.kernel.run("6 * 7").value, "42")


class Output(KernelTest):
    """What is printed: whole, in order, in few messages, under the cell that printed it."""

    environment = {"LC_ALL": "C"}

    def test_ten_thousand_lines(self):
        cell = self.ok('for (int i = 0; i < 10_000; i++) System.out.println("line " + i + " €");')
        self.assertEqual(cell.text(), "".join("line %d €\n" % i for i in range(10000)))
        self.assertLess(len(cell.of("stream")), 1000)
        measured("10,000 lines in %d stream messages" % len(cell.of("stream")), cell.seconds)

    def test_order_of_stdout_and_stderr(self):
        cell = self.ok('for (int i = 0; i < 50; i++) {\n    System.out.println("a" + i);\n'
                       '    System.err.println("b" + i);\n}\nSystem.out.println("c");')
        expected = [each for i in range(50) for each in (("stdout", "a%d\n" % i), ("stderr", "b%d\n" % i))]
        self.assertEqual(cell.streams(), expected + [("stdout", "c\n")])

    def test_order_with_displays_and_result(self):
        cell = self.ok('System.out.println("1"); display("2"); System.err.println("3"); display("4");\n'
                       'System.out.print("5"); 6')
        self.assertEqual(cell.kinds(), ["execute_input", "stream", "display_data", "stream", "display_data", "stream",
                                        "execute_result"])

    def test_output_comes_before_the_error(self):
        cell = self.failing('System.out.print("before"); throw new IllegalStateException("x");')
        self.assertEqual(cell.kinds(), ["execute_input", "stream", "error"])

    def test_text_shows_while_the_cell_runs(self):
        cell = self.kernel.send('System.out.print("soon"); Thread.sleep(2500);')
        self.kernel.wait(lambda: cell.text() == "soon", 2, "text before the end", cell)
        measured("from request to text of a running cell", time.monotonic() - cell.sent_at)
        self.assertIsNone(cell.reply)
        self.kernel.finish(cell)

    def test_characters_beyond_ascii(self):
        self.assertEqual(self.ok('System.out.print("ä€🙂𝛼\\t\\u0001");').text(), "ä€🙂𝛼\t\x01")
        self.assertEqual(self.ok('System.err.printf("%s%n", "σ²");').text("stderr"), "σ²\n")

    def test_long_string(self):
        cell = self.ok('System.out.print("€🙂".repeat(43_000));\nSystem.out.print("x" + "€🙂".repeat(43_000));')
        self.assertEqual(cell.text(), "€🙂" * 43000 + "x" + "€🙂" * 43000)

    def test_character_printed_in_halves(self):
        self.assertEqual(self.ok("System.out.print('\\ud83d'); System.out.print('\\ude42');").text(), "🙂")
        cell = self.ok('byte[] euro = "€".getBytes(java.nio.charset.StandardCharsets.UTF_8);\n'
                       'System.out.write(euro, 0, 1); System.out.flush(); Thread.sleep(300);\n'
                       'System.out.write(euro, 1, 2); System.out.flush();')
        self.assertEqual(cell.text(), "€")

    def test_thread_that_outlives_its_cell(self):
        first = self.ok("""
            Thread worker = new Thread(() -> {
                for (int i = 1; i <= 6; i++) {
                    try { Thread.sleep(200); } catch (InterruptedException e) { return; }
                    System.out.println("tick " + i);
                }
            });
            worker.start();""")
        second = self.ok('System.out.println("from B"); Thread.sleep(600); System.out.println("also from B");')
        self.kernel.wait(lambda: "tick 6\n" in first.text(), 10, "all of the thread's text under its cell", first)
        self.assertEqual(first.text(), "".join("tick %d\n" % i for i in range(1, 7)))
        self.assertEqual(second.text(), "from B\nalso from B\n")

    def test_display_updated_by_such_a_thread(self):
        first = self.ok("""
            String bar = display("0 of 6");
            Thread mover = new Thread(() -> {
                for (int i = 1; i <= 6; i++) {
                    try { Thread.sleep(150); } catch (InterruptedException e) { return; }
                    updateDisplay(bar, i + " of 6");
                }
            });
            mover.start();""")
        second = self.ok("Thread.sleep(500);")
        cells = (first, second)
        self.kernel.wait(lambda: sum(len(cell.of("update_display_data")) for cell in cells) == 6, 10, "six updates")
        updates = first.of("update_display_data")
        self.assertEqual([content["data"]["text/plain"] for content in updates], ["%d of 6" % i for i in range(1, 7)],
                         "updates under the thread's own cell")
        shown = first.of("display_data")[0]["transient"]["display_id"]
        self.assertEqual({content["transient"]["display_id"] for content in updates}, {shown})

    def test_pool_that_outlives_its_cell(self):
        first = self.ok("""
            var pool = java.util.concurrent.Executors.newFixedThreadPool(2);
            for (int i = 0; i < 4; i++) {
                pool.submit(() -> {
                    Thread.sleep(300);
                    System.out.println("pool");
                    display("shown");
                    return 0;
                });
            }
            pool.shutdown();""")
        second = self.ok('Thread.sleep(400); System.out.println("from B");')
        self.kernel.wait(lambda: first.text() == "pool\n" * 4 and len(first.of("display_data")) == 4,
                         10, "all of the pool's output under its cell", first)
        self.assertEqual((second.text(), second.of("display_data")), ("from B\n", []))

    def test_thread_started_by_a_thread(self):
        first = self.ok('new Thread(() -> new Thread(() -> {\n    try { Thread.sleep(400); } catch (Exception e) { }\n'
                        '    System.out.println("grandchild");\n}).start()).start();')
        self.ok("1 + 1")
        self.kernel.wait(lambda: first.text() == "grandchild\n", 5, "output under the first cell", first)

    def test_interrupted_thread_can_print_and_display(self):
        cell = self.ok("""
            boolean[] still = new boolean[3];
            Runnable show = () -> {
                Thread.currentThread().interrupt();
                display("shown");
                still[0] = Thread.currentThread().isInterrupted();
                System.out.println("x".repeat(100_000));
                still[1] = Thread.currentThread().isInterrupted();
                display("shown again");
                still[2] = Thread.interrupted();
            };
            show.run();
            Arrays.toString(still)""")
        shown = [content["data"]["text/plain"] for content in cell.of("display_data")]
        self.assertEqual(shown, ["shown", "shown again"])
        self.assertEqual(cell.text(), "x" * 100000 + "\n")
        self.assertEqual(cell.value, "[true, true, true]", "sending a message must not clear the flag")

    def test_error_of_a_thread_shows_in_its_cell(self):
        first = self.ok('new Thread(() -> {\n    try { Thread.sleep(300); } catch (Exception e) { }\n'
                        '    throw new IllegalStateException("in the background");\n}).start();')
        self.ok("1 + 1")
        self.kernel.wait(lambda: "in the background" in first.text("stderr"), 5, "stack trace on stderr", first)

    def test_shared_workers_print_in_the_cell_that_uses_them(self):
        for word in ("first", "second"):
            cell = self.ok('java.util.stream.IntStream.range(0, 64).parallel()'
                           '.forEach(i -> System.out.println("%s"));' % word)
            self.assertEqual(cell.text(), (word + "\n") * 64)

    def test_threads_print_at_once_without_mixing_lines(self):
        cell = self.ok("""
            var writers = new java.util.ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                String name = "writer " + t;
                writers.add(new Thread(() -> { for (int i = 0; i < 500; i++) System.out.println(name); }));
            }
            for (Thread t : writers) t.start();
            for (Thread t : writers) t.join();""")
        lines = cell.text().split("\n")
        self.assertEqual(sorted(lines), sorted([""] + ["writer %d" % t for t in range(4)] * 500))

    def test_redirected_stream_comes_back(self):
        """A cell that captures its output and forgets to end that does not silence the cells after it."""
        self.ok("var savedOut = System.out; var savedErr = System.err;\n"
                "System.setOut(new java.io.PrintStream(new java.io.ByteArrayOutputStream()));\n"
                "System.setErr(System.out);")
        cell = self.ok('System.out.println("out"); System.err.println("err");')
        self.ok("System.setOut(savedOut); System.setErr(savedErr);")
        self.assertEqual(cell.streams(), [("stdout", "out\n"), ("stderr", "err\n")])

    def test_logs_do_not_reach_the_notebook(self):
        cell = self.ok('for (String name : List.of("x", "ai.djl.engine.Engine", "ai.djl.pytorch.jni.LibUtils")) {\n'
                       '    org.slf4j.LoggerFactory.getLogger(name).info("secret");\n'
                       '    org.slf4j.LoggerFactory.getLogger(name).warn("secret");\n'
                       '    org.slf4j.LoggerFactory.getLogger(name).error("secret", new Exception("secret"));\n}\n'
                       'Thread.sleep(300);')
        self.assertEqual(cell.kinds(), ["execute_input"], cell.describe())


class Definitions(KernelTest):
    """What one cell defines, the others see."""

    def test_forward_reference(self):
        self.ok("int twice() { return 2 * later(); }")
        self.assertIn("later", plain(self.failing("twice()").reply["traceback"]))
        self.ok("int later() { return 21; }")
        self.assertValue("42", "twice()")

    def test_forward_reference_within_a_cell(self):
        cell = self.ok("int outer() { return inner() + 1; }\nint inner() { return 2; }\nouter()")
        self.assertEqual(cell.value, "3")
        self.assertEqual(cell.kinds(), ["execute_input", "execute_result"], "nothing is missing at the end of the cell")

    def test_forward_reference_to_a_class(self):
        self.ok("int size(Box b) { return b.side; }")
        self.ok("class Box { int side = 4; }")
        self.assertValue("4", "size(new Box())")

    def test_redefinition(self):
        self.ok("int v = 1; int m() { return 1; } class C { int f() { return 1; } }")
        self.ok('String v = "two"; int m() { return 2; } class C { int f() { return 2; } }')
        self.assertValue("two 2 2", 'v + " " + m() + " " + new C().f()')

    def test_redefined_method_reaches_its_callers(self):
        self.ok("int base() { return 1; }\nint caller() { return base() + 1; }")
        self.ok("int base() { return 10; }")
        self.assertValue("11", "caller()")

    def test_imports_stay(self):
        self.ok("import java.util.concurrent.atomic.LongAdder;\nimport static java.lang.Math.*;")
        self.assertValue("0", "new LongAdder()")
        self.assertValue("2.0", "sqrt(4)")

    def test_records_interfaces_generics_and_switch(self):
        self.ok("record Point(double x, double y) {}\ninterface Shape { double area(); }\nenum Side { LEFT, RIGHT }\n"
                "<T> T same(T value) { return value; }")
        self.assertValue("Point[x=1.0, y=2.0]", "new Point(1, 2)")
        self.assertValue("2.5", "Shape s = () -> 2.5;\nsame(s).area()")
        self.assertValue("r", 'switch (Side.RIGHT) { case LEFT -> "l"; case RIGHT -> "r"; }')

    def test_text_block(self):
        self.assertValue("one\n  two\n", 'String block = """\n    one\n      two\n    """;\nblock')

    def test_cells_share_a_thread(self):
        """Engines keep state by thread."""
        self.ok("Thread first = Thread.currentThread();")
        self.assertValue("true", "Thread.currentThread() == first")

    def test_many_cells(self):
        start = time.monotonic()
        for i in range(10):
            self.assertValue(str(i), "int many%d = %d; many%d" % (i, i, i))
        measured("a cell of two statements, mean of 10", (time.monotonic() - start) / 10)


class HistoryRequests(KernelTest):
    """What was run so far."""

    CODES = ("int alpha = 1;", "alpha + 1", "int beta = 2;", "alpha + 1", 'String glob = "[a]*";')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cells = [cls.kernel.run(code) for code in cls.CODES]
        cls.kernel.run("int unstored = 3;", store_history=False)
        cls.kernel.run("int silent = 4;", silent=True)
        cls.counts = [cell.reply["execution_count"] for cell in cls.cells]

    def history(self, **named):
        reply = self.kernel.ask("history", **{"raw": True, "output": False, **named})
        self.assertEqual(reply["status"], "ok")
        for row in reply["history"]:
            self.assertEqual([type(each) for each in row[:2]], [int, int], row)
            self.assertEqual(len(row), 3)
        return reply["history"]

    def sources(self, **named):
        return [row[2] for row in self.history(**named)]

    def test_tail(self):
        self.assertEqual(self.sources(hist_access_type="tail", n=3), list(self.CODES[-3:]))
        self.assertEqual(self.sources(hist_access_type="tail", n=100), list(self.CODES))
        self.assertEqual([row[1] for row in self.history(hist_access_type="tail", n=100)], self.counts)

    def test_output(self):
        for row in self.history(hist_access_type="tail", n=2, output=True):
            self.assertEqual(len(row[2]), 2)
            self.assertIn(row[2][0], self.CODES)

    def test_range(self):
        session = self.history(hist_access_type="tail", n=1)[0][0]
        for number in (session, 0):
            rows = self.history(hist_access_type="range", session=number, start=self.counts[1], stop=self.counts[3])
            expected = [[self.counts[i], self.CODES[i]] for i in (1, 2)]
            self.assertEqual([row[1:] for row in rows], expected)

    def test_range_of_another_session_is_empty(self):
        session = self.history(hist_access_type="tail", n=1)[0][0]
        self.assertEqual(self.history(hist_access_type="range", session=session + 1, start=1, stop=9), [])

    def test_search(self):
        def search(pattern, **named):
            return self.sources(hist_access_type="search", pattern=pattern, **{"n": 100, **named})

        self.assertEqual(search("int*"), ["int alpha = 1;", "int beta = 2;"])
        self.assertEqual(search("int ?e*"), ["int beta = 2;"])
        self.assertEqual(search("alpha + 1"), ["alpha + 1"] * 2)
        self.assertEqual(search("alpha + 1", unique=True), ["alpha + 1"])
        self.assertEqual(search("*", n=2), list(self.CODES[-2:]))
        self.assertEqual(search("alpha"), [])
        self.assertEqual(search('* "[a]??;'), ['String glob = "[a]*";'], "only * and ? are wildcards")

    def test_not_stored_means_not_counted(self):
        self.assertEqual(self.kernel.run("unstored", store_history=False).value, "3")
        self.assertNotIn("unstored", "".join(self.sources(hist_access_type="tail", n=100)))


class Lifetime(unittest.TestCase):
    """Start, restart and end."""

    LEFT_RUNNING = ('Thread left = new Thread(() -> { while (true) { try { Thread.sleep(1000); } '
                    'catch (InterruptedException e) { } } });\nleft.setDaemon(false);\nleft.start();')

    def start(self):
        kernel = Kernel()
        self.addCleanup(kernel.close)
        return kernel

    def until_gone(self, pid, limit):
        start = time.monotonic()
        while running(pid):
            self.assertLess(time.monotonic() - start, limit, "process %d is still there" % pid)
            time.sleep(0.05)
        return time.monotonic() - start

    def until_ended(self, kernel, limit=10):
        start = time.monotonic()
        while kernel.manager.is_alive():
            self.assertLess(time.monotonic() - start, limit, "the kernel is still there\n" + kernel.log_tail())
            time.sleep(0.05)
        return time.monotonic() - start

    def test_start_and_restart(self):
        kernel = self.start()
        self.assertEqual(kernel.value("1 + 1"), "2")
        measured("from start to the first result", time.monotonic() - kernel.started_at)
        self.assertLess(time.monotonic() - kernel.started_at, 30)
        kernel.value("int gone = 1;")
        kernel.client.stop_channels()
        start = time.monotonic()
        kernel.manager.restart_kernel()
        kernel.connect()
        self.assertEqual(kernel.run("gone").status, "error")
        self.assertEqual(kernel.run("2 + 2").of("execute_result")[0]["execution_count"], 2)
        measured("from restart to the second result", time.monotonic() - start)

    def shut_down(self, kernel, name):
        reply = kernel.control("shutdown_request", {"restart": False}, seconds=10)
        self.assertEqual(reply["msg_type"], "shutdown_reply")
        measured("shutdown, until the process is gone: " + name, self.until_ended(kernel))
        self.assertEqual(reply["content"], {"status": "ok", "restart": False})

    def test_shutdown_with_a_thread_left_running(self):
        kernel = self.start()
        kernel.value(self.LEFT_RUNNING)
        self.shut_down(kernel, "with a thread left")

    def test_shutdown_of_a_busy_kernel(self):
        kernel = self.start()
        cell = kernel.send('System.out.println("started");\nwhile (true) { try { Thread.sleep(100); } '
                           'catch (InterruptedException e) { } }')
        kernel.wait(lambda: cell.text(), 10, "first line", cell)
        self.shut_down(kernel, "busy")

    PARENT = """
import sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="java")
client.execute(sys.argv[1], reply=True, timeout=30)
print(manager.provisioner.process.pid, flush=True)
sys.stdin.read()
"""

    def test_kernel_ends_when_its_server_is_killed(self):
        server = subprocess.Popen([sys.executable, "-c", self.PARENT, self.LEFT_RUNNING], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        with server:
            pid = int(server.stdout.readline())
            self.assertTrue(running(pid))
            server.kill()
        measured("server killed, until the kernel is gone", self.until_gone(pid, 15))


if __name__ == "__main__":
    unittest.main()
