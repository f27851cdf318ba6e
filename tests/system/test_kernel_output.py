"""The Java kernel over the wire. Text and displays: order, completeness, and threads that outlive their cell; input."""
import time

from kernels import KernelTest, measured


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
        cell = self.kernel.send('System.out.print("soon"); Thread.sleep(600_000);')
        self.kernel.wait(lambda: cell.text() == "soon", "text before the end", cell)
        measured("from request to text of a running cell", time.monotonic() - cell.sent_at)
        self.assertIsNone(cell.reply)
        self.kernel.interrupt()
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
        self.kernel.wait(lambda: "tick 6\n" in first.text(), "all of the thread's text under its cell", first)
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
        self.kernel.wait(lambda: sum(len(cell.of("update_display_data")) for cell in cells) == 6, "six updates")
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
                         "all of the pool's output under its cell", first)
        self.assertEqual((second.text(), second.of("display_data")), ("from B\n", []))

    def test_thread_started_by_a_thread(self):
        first = self.ok('new Thread(() -> new Thread(() -> {\n    try { Thread.sleep(400); } catch (Exception e) { }\n'
                        '    System.out.println("grandchild");\n}).start()).start();')
        self.ok("1 + 1")
        self.kernel.wait(lambda: first.text() == "grandchild\n", "output under the first cell", first)

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
        self.kernel.wait(lambda: "in the background" in first.text("stderr"), "stack trace on stderr", first)

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


class Input(KernelTest):
    """System.in asks the page. The C locale proves that text does not depend on the machine's settings."""

    environment = {"LC_ALL": "C"}
    LINE = "new java.util.Scanner(System.in).nextLine()"

    def asked(self, code):
        """Sends a cell and waits until it has asked for a line."""
        cell = self.kernel.send(code, allow_stdin=True)
        self.kernel.wait(lambda: cell.input_requests or cell.reply, "input_request", cell)
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
        self.kernel.wait(lambda: len(cell.input_requests) == 2, "second input_request", cell)
        self.kernel.client.input("22")
        self.assertEqual(self.kernel.finish(cell).value, "42")

    def test_prompt_printed_before_is_there_in_time(self):
        cell = self.asked('System.out.print("Name? ");\n' + self.LINE)
        self.kernel.wait(lambda: cell.text() == "Name? ", "prompt", cell)
        self.kernel.client.input("")
        self.assertEqual(self.kernel.finish(cell).value, "")

    def test_not_allowed(self):
        cell = self.failing(self.LINE)
        self.assertEqual(cell.input_requests, [])
        self.assertValue("42", "6 * 7")

    def test_interrupt_while_waiting(self):
        """Several times, since the interrupt may meet the kernel in the middle of looking for the answer."""
        for _ in range(5):
            cell = self.asked(self.LINE)
            start = time.monotonic()
            self.kernel.interrupt()
            self.kernel.finish(cell)
            self.assertEqual(cell.status, "error")
            measured("interrupt while waiting for input", cell.replied_at - start)
            self.assertValue("42", "6 * 7")
        again = self.asked(self.LINE)
        self.kernel.client.input("fresh")
        self.assertEqual(self.kernel.finish(again).value, "fresh")
