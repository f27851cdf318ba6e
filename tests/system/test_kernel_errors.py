"""The Java kernel over the wire. What a failing cell shows, and what becomes of the cells queued behind it."""
import datetime

from kernels import KernelTest, plain


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
        if token:
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

    def test_unknown_type_of_a_variable(self):
        self.assertCompileError(self.failing("int fine = 1;\nStringg words;"), 2, "Stringg words;", None)
        self.assertIn("class Stringg", self.failing("Stringg words;").reply["evalue"])

    def test_magics_and_commands(self):
        for code, line in (("%maven g:a:1.0", 1), ("%%html\n<b>x</b>", 1), ("int fine = 1;\n\n%time fine", 3),
                           ("1 + 1\n%maven g:a:1.0", 2)):
            with self.subTest(code):
                cell = self.failing(code)
                self.assertIn("no magics", cell.reply["evalue"])
                self.assertIn("pom.xml", cell.reply["evalue"])
                self.assertIn("line %d: " % line, plain(cell.reply["traceback"]))
        self.assertIn("ProcessBuilder", self.failing("!ls -l").reply["evalue"])
        self.ok("boolean done = false;")
        self.assertValue("true", "!done")
        self.assertValue("1", "7\n% 2")

    def test_comment_text_and_character_without_an_end(self):
        for code, line, told in (("/* open", 1, "comment has no end"),
                                 ("int fine = 1;\n// a\n/* open\nfine", 3, "comment"),
                                 ('String s = "/* no comment";\nint u = 1 /* open', 2, "comment"),
                                 ("class Open { /* open }", 1, "comment"), ('String s = "open', 1, "unclosed string"),
                                 ('String s = """\n    open', 1, "unclosed text block"),
                                 ("char c = 'o", 1, "unclosed char")):
            with self.subTest(code):
                cell = self.failing(code)
                self.assertIn(told, cell.reply["evalue"])
                self.assertIn("line %d: " % line, plain(cell.reply["traceback"]))
        self.assertNotIn("comment", self.failing('String s = "/*"; int f(').reply["evalue"])

    def test_many_comments_before_the_code(self):
        self.assertValue("1", "// a comment\n" * 20000 + "1")

    def test_syntax_of_a_later_java(self):
        version = int(self.kernel.ask("kernel_info")["language_info"]["version"].split(".")[0].partition("+")[0])
        self.ok("Object thing = 3; record Pair(int a, int b) {}")
        for since, code in ((21, "switch (thing) { case Integer i -> 1; default -> 2; }"),
                            (21, "if (thing instanceof Pair(int a, int b)) { }"),
                            (21, "int of(Object o) {\n    return switch (o) {\n        case Pair(var a, var b) -> a;\n"
                                 "        default -> 0;\n    };\n}"),
                            (22, "if (thing instanceof Integer _) { }"),
                            (25, "import module java.base;")):
            with self.subTest(code):
                if version >= since:
                    self.ok(code)
                else:
                    self.assertIn("need Java %d or later" % since, self.failing(code).reply["evalue"])

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
        cell = self.failing('class Unprintable { public String toString() { '
                            'throw new IllegalStateException("no text"); } }\nnew Unprintable()')
        self.assertFrame(self.traceback(cell), "toString", cell, 1)
        self.assertWorks()

    def test_exception_whose_message_fails(self):
        self.failing('class Odd extends RuntimeException {\n'
                     '    public String getMessage() { throw new IllegalStateException("no message"); }\n}\n'
                     'throw new Odd();')
        self.assertWorks()


class PrintedTraces(KernelTest):
    """Stack traces that code prints itself, and those of other threads, read as those of failing cells."""

    def printed(self, code):
        text = self.ok(code).text("stderr")
        for word in Errors.MACHINERY:
            self.assertNotIn(word, text)
        return text

    def test_printed(self):
        text = self.printed('class Odd extends Exception { Odd(String m, Throwable c) { super(m, c); } }\n'
                            'void odd() throws Odd {\n    try {\n        Integer.parseInt("x");\n'
                            '    } catch (Exception e) {\n        throw new Odd("outer", e);\n    }\n}\n'
                            'try { odd(); }\ncatch (Odd e) { e.printStackTrace(); }')
        self.assertRegex(text, r"(?m)\A\s*Odd: outer$")
        self.assertRegex(text, r"at odd, cell \d+, line 6: +throw new Odd")
        self.assertRegex(text, r"at cell \d+, line 9: +try \{ odd")
        self.assertRegex(text, r"Caused by: java.lang.NumberFormatException.*\n\s+at .*NumberFormatException.java")
        self.assertRegex(text, r"at odd, cell \d+, line 4: ")
        self.assertNotIn("ThreadPoolExecutor", text, "what calls the cell")

    def test_in_a_text(self):
        cell = self.ok('StringWriter own = new StringWriter();\n'
                       'new Exception("mine").printStackTrace(new PrintWriter(own, true));\n'
                       'System.out.println(own); own.toString()')
        for text in (cell.text(), cell.value):
            self.assertRegex(text, r"\Ajava.lang.Exception: mine\n\tat cell \d+, line 2: [^\n]*\n+\Z")

    def test_of_another_thread(self):
        text = self.printed('Thread failing = new Thread(() -> {\n    throw new IllegalStateException("late");\n});\n'
                            'failing.start();\nfailing.join();')
        self.assertIn('Exception in thread "', text)
        self.assertRegex(text, r"at cell \d+, line 2: ")

    def test_dump(self):
        self.assertRegex(self.printed("\n\nThread.dumpStack();"), r"at cell \d+, line 3: ")

    def test_other_lines_stay(self):
        self.assertEqual(self.ok('System.err.println((Object) "\\tat home"); System.err.println((Object) "x");'
                                 ).text("stderr"), "\tat home\nx\n")


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
                    'Thread.sleep(1500); throw new IllegalStateException("stop");', "ran = 1;")]
                for cell in cells:
                    self.kernel.finish(cell)
                self.assertEqual([cell.status for cell in cells], ["error", "aborted"])
                self.assertEqual(self.kernel.finish(self.send_dated("ran", ahead)).value, "0")

    def sent_at_once(self, stop_on_error):
        """The first takes so long that the others are in the queue before it ends."""
        self.ok("var ran = new java.util.ArrayList<String>();")
        codes = ('Thread.sleep(1500); ran.add("one");', 'ran.add("two"); throw new IllegalStateException("two");',
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
        first = self.kernel.send("Thread.sleep(1500); int x = unknownName;")
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
            self.kernel.wait(lambda: failed.reply, "reply", failed)
            self.assertEqual(self.kernel.run("6 * 7").value, "42")
