"""The Java kernel over the wire. Interrupts: whatever a cell does, the kernel answers the next one."""
import time

from kernels import KernelTest, measured


def says_so(cell):
    return cell.text().endswith("runs\n")


def updates_a_display(cell):
    return "update_display_data" in cell.kinds()


class InterruptTest(KernelTest):
    """Soon after an interrupt the next cell runs, and what was defined before is still there."""

    LIMIT = 20  # seconds: one or two, and what a busy machine takes; by themselves the cells take a minute or for ever

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kernel.value("int kept = 17; long turns = 0;")

    def started(self, code, runs=None):
        """Sends a cell and waits for its last statement: until runs(cell), or for a time that compiling takes."""
        cell = self.kernel.send('System.out.println("started");\n' + code)
        self.kernel.wait(lambda: cell.text().startswith("started\n"), "first line", cell)
        if runs:
            self.kernel.wait(lambda: runs(cell), "sign of the last statement", cell)
        else:
            self.kernel.listen(0.3)
        self.assertIsNone(cell.reply, cell.describe())
        return cell

    def interrupted(self, name, code, runs=None):
        cell = self.started(code, runs)
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
        self.kernel.wait(lambda: cell.text(), "first line", cell)
        self.kernel.listen(0.5)
        start = time.monotonic()
        self.kernel.interrupt()
        self.assertFree("loop that prints", cell, start)

    def test_value_whose_text_never_ends(self):
        self.interrupted("toString", "new Object() { public String toString() { while (true) { turns++; } } }")

    def test_work_after_the_loop_is_done_when_the_loop_waits(self):
        self.ok("boolean saved = false;")
        self.interrupted("finally", """
            try {
                System.out.println("runs");
                Thread.sleep(60000);
            } finally {
                saved = true;
            }""", runs=says_so)
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
                self.kernel.wait(lambda: "execute_input" in cell.kinds(), "execute_input", cell)
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
            cell = self.interrupted("loop that polls and shows progress", "train();",
                                    runs=updates_a_display)
            self.assertNotIn("ZMQ", cell.reply["ename"])
            self.assertValue("true", "ended")

    def test_training_and_sampling(self):
        """They stop by themselves between two steps, and the same network then trains on and samples."""
        self.ok("""
            import ai.djl.ndarray.types.Shape;
            import org.scorebook.aten.Torch;
            import org.scorebook.model.*;
            import org.scorebook.process.*;
            import org.scorebook.sample.*;
            import org.scorebook.score.*;
            import org.scorebook.toy.GaussianMixture;
            import org.scorebook.train.*;
            import org.scorebook.view.Notebook;
            var manager = Torch.manager(1);
            var points = GaussianMixture.eightGaussians();
            var vp = new VpSchedule();
            var net = new NeuralField(Mlp.ofPointsAndTime(Activation.SILU, 2, 64), manager, new Shape(2));
            var trainer = new Trainer(net, DenoisingScoreMatching.continuous(vp, 1e-3),
                (m, n, random) -> points.sample(m, n), 256, 1);
            var model = new FieldDenoiser(net, Parameterization.SCORE, vp);
            var start = manager.randomNormal(new Shape(1000, 2));""")
        cell = self.interrupted("training", """
            try (var bar = Notebook.progress("training", 1000000)) {
                trainer.listen((step, loss) -> bar.to(step, "")).run(1000000);
            }""", runs=updates_a_display)
        self.assertIn("Trainer.run", "".join(cell.reply["traceback"]), cell.describe())
        cell = self.interrupted("sampling", """
            {
                System.out.println("runs");
                new Sampling(model, new ReverseSde(), TimeGrid.uniform(1, 0.01, 1000000)).run(start);
            }""", runs=says_so)
        self.assertIn("Sampling.stopIfInterrupted", "".join(cell.reply["traceback"]), cell.describe())
        self.assertValue("5", "trainer.listen((step, loss) -> { }).run(5).length")
        self.assertValue("20", "new Sampling(model, new ReverseSde(), TimeGrid.uniform(1, 0.01, 20))"
                               ".run(start).evaluations()")

    def test_loop_that_does_not_poll(self):
        self.interrupted("LongStream.filter", "java.util.stream.LongStream.range(0, Long.MAX_VALUE)"
                         ".filter(i -> i % 3 == 5).count()")
        self.interrupted("BigInteger.modPow", "var odd = java.math.BigInteger.ONE.shiftLeft(400_003)"
                         ".subtract(java.math.BigInteger.ONE);\njava.math.BigInteger.TEN.modPow(odd, odd)")
        self.interrupted("parallel stream", "java.util.stream.LongStream.range(0, Long.MAX_VALUE).parallel()"
                         ".filter(i -> i % 3 == 5).count()")
