"""The Java kernel over the wire. Help while typing, and what was run before."""
from kernels import KernelTest


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

    def test_inspect_shows_the_library_s_javadoc(self):
        self.ok("import org.scorebook.process.*;\nNoiseSchedule schedule = new VpSchedule();")
        beta = "beta(t) = betaMin + (betaMax - betaMin) t"
        for code, expected in (("VpSchedule", ("variance-preserving", beta, "Song")),
                               ("new VpSchedule(", ("VpSchedule(double betaMin, double betaMax)",)),
                               ("schedule.alpha(0.5)",
                                ("alpha(double t)", "factor of the data", "t: from 0 to endTime"))):
            with self.subTest(code):
                reply = self.kernel.ask("inspect", code, len(code.partition("0.5")[0]), 0)
                for words in expected:
                    self.assertIn(words, reply["data"]["text/plain"])
                self.assertNotRegex(reply["data"]["text/plain"], r"<\w+>|\{@|&lt;")
                self.assertRegex(reply["data"]["text/html"], r"\A<p><code><b>.*</b></code></p>")

    def test_inspect_shows_the_jdk_s_javadoc(self):
        if self.kernel.value('Files.exists(Path.of(System.getProperty("java.home"), "lib", "src.zip"))') == "false":
            self.skipTest("this JDK comes without its sources")
        _, text = self.inspected('"abc".substring(')
        for words in ("substring(int beginIndex, int endIndex)", "Returns a string that is a substring of this string",
                      "beginIndex: the beginning index", "throws IndexOutOfBoundsException"):
            self.assertIn(words, text)

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
