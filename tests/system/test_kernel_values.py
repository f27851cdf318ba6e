"""The Java kernel over the wire. What cells give back: values, definitions, pictures."""
import base64
import time

from kernels import KernelTest, kernelspec, measured, pixels, plain


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
                     "for (int i = 0; i < 3; i++) {}", 'System.out.printf("%d", 1)', 'System.err.append("x")',
                     'display("shown")'):
            with self.subTest(code):
                self.assertNotIn("execute_result", self.ok(code).kinds())

    def test_arrays(self):
        for code, expected in (
                ("new int[] {1, 2, 3}", "int[3] { 1, 2, 3 }"), ("new double[0]", "double[0] { }"),
                ('new String[] {"a", null}', 'String[2] { "a", null }'), ("new char[] {'a'}", "char[1] { 'a' }"),
                ("new int[][] {{1, 2}, {3}, null}", "int[3][] {\n  int[2] { 1, 2 },\n  int[1] { 3 },\n  null\n}"),
                ("new long[1][1][2]", "long[1][][] {\n  long[1][] {\n    long[2] { 0, 0 }\n  }\n}"),
                ("List.of(new int[] {1}, new int[] {2})", "[\n  int[1] { 1 },\n  int[1] { 2 }\n]"),
                ('Map.of("key", new int[] {1})', "{\n  key=int[1] { 1 }\n}"),
                ("Optional.of(new int[] {1})", "Optional[int[1] { 1 }]"),
                ("List.of(Optional.of(new int[] {1}))", "[\n  Optional[int[1] { 1 }]\n]"),
                ('record Weights(String name, double[] w) {}\nnew Weights("a", new double[] {1, 2})',
                 "Weights[name=a, w=double[2] { 1.0, 2.0 }]"),
                ("Map.of(1, List.of(new int[] {1}))", "{\n  1=[int[1] { 1 }]\n}"),
                ("List<Object> own = new ArrayList<>(List.of(1)); own.add(own); own", "[1, (this Collection)]"),
                ("Object[] self = {0}; self[0] = self; self", "Object[1] {\n  Object[1] { ... }\n}")):
            with self.subTest(code):
                self.assertValue(expected, code)

    def test_long_arrays_are_cut_in_the_middle(self):
        text = self.kernel.value("IntStream.range(0, 1_000_000).toArray()")
        self.assertTrue(text.startswith("int[1000000] { 0, 1, 2, ") and text.endswith(", 999998, 999999 }"), text)
        self.assertIn(", ..., ", text)
        self.assertLess(len(text), 300)
        self.assertEqual(self.kernel.value("IntStream.range(0, 40).toArray()"),
                         "int[40] { %s }" % ", ".join(map(str, range(40))))
        rows = self.kernel.value("new double[1000][1000]").split("\n")
        self.assertEqual((len(rows), rows[4]), (9, "  ...,"))

    def test_objects_of_own_classes(self):
        cell = self.ok('class Mine {}\nSystem.out.println(new Mine()); System.out.println("m " + new Mine());\n'
                       'new Mine()')
        self.assertRegex(cell.text(), r"\AMine@\w+\nm Mine@\w+\n\Z")
        self.assertRegex(cell.value, r"\AMine@\w+\Z")

    def test_streams_of_cells_have_the_names_of_java(self):
        for declared, name in (("PrintStream out = System.out", "java.io.PrintStream"),
                               ("InputStream in = System.in", "java.io.InputStream")):
            self.ok(declared + ";")
            self.assertRegex(self.kernel.value(declared.split()[1]), name + r"@\w+\Z")

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
        self.assertEqual(self.kernel.run("6 * 7").value, "42")

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

    def test_a_picture_with_a_description_has_it_as_its_text(self):
        self.assertEqual("3 x 2 picture", self.ok("new java.awt.image.BufferedImage(3, 2, 1)").result["text/plain"])
        self.ok("import org.scorebook.plot.*; var losses = Charts.xy(\"Loss by step\", \"step\", \"loss\");")
        self.ok("Charts.line(losses, \"loss\", new double[] {1, 2}, new double[] {2, 1});")
        chart = self.ok("Charts.picture(losses)")
        self.assertEqual("Loss by step. Chart of loss against step, with lines loss", chart.result["text/plain"])

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
