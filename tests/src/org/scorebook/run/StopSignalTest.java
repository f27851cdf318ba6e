package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.aten.Child;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.machine.StopSignal;

/** Signals to real processes in the foreground. */
class StopSignalTest {
    /** Seconds, on a busy machine. */
    private static final int LONG = 120;

    @TempDir
    private Path runs;

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129", "USR1, 0"})
    void theProcessEndsByItselfWithACheckpoint(String signal, int code) throws Exception {
        RunDirectory run = RunDirectory.create(SlowTraining.config(100_000), runs);
        Process process = foreground(run);
        send(signal, process);
        assertTrue(process.waitFor(LONG, TimeUnit.SECONDS));
        assertEquals(code, process.exitValue());
        assertEquals(RunState.CANCELLED, run.status().state());
        assertTrue(
                run.status().error().startsWith("stopped by SIG" + signal),
                run.status().error());
        assertEquals(1, run.checkpoints().size());
    }

    /** What is done is not said to be stopped. */
    @Test
    void aSignalAfterTheLastStepChangesNothing() throws Exception {
        RunDirectory run = RunDirectory.create(SlowTraining.config(1).with("data_dir", "late"), runs);
        Process process = foreground(run);
        send("TERM", process);
        assertTrue(process.waitFor(LONG, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
        assertEquals(RunState.SUCCEEDED, run.status().state());
        assertNull(run.status().error());
    }

    /** Batch systems send just that; the last one gives the exit code. */
    @ParameterizedTest
    @ValueSource(strings = {"USR1 TERM", "TERM TERM", "TERM HUP INT TERM"})
    void noSecondSignalCostsTheCheckpoint(String signals) throws Exception {
        RunDirectory run = RunDirectory.create(SlowTraining.config(100_000).with("data_dir", "held"), runs);
        Process process = foreground(run);
        for (String signal : signals.split(" ")) {
            send(signal, process);
            assertFalse(process.waitFor(200, TimeUnit.MILLISECONDS));
        }
        Files.createFile(run.path().resolve("go"));
        assertTrue(process.waitFor(LONG, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
        assertEquals(RunState.CANCELLED, run.status().state());
        assertEquals(1, run.checkpoints().size());
    }

    /** As with nohup. */
    @Test
    void aHangupThatIsIgnoredStaysIgnored() throws Exception {
        RunDirectory run = RunDirectory.create(SlowTraining.config(100_000), runs);
        Process process = awaitStep(
                run,
                new ProcessBuilder(ignoringHangup(
                        Child.java(SlowTraining.class, run.path().toString()).command())));
        send("HUP", process);
        assertFalse(process.waitFor(1, TimeUnit.SECONDS));
        send("TERM", process);
        assertTrue(process.waitFor(LONG, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
    }

    private static List<String> ignoringHangup(List<String> command) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh"));
        all.addAll(command);
        return all;
    }

    /** The work stops within a step of it, and the thread's interrupt is used up. */
    @Test
    void workThatCanBeLeftUndoneIsBrokenOff() throws Exception {
        StopSignal signal = StopSignal.listen();
        try {
            assertEquals(Optional.of(5), StopSignal.unlessRaised(() -> 5));
            Thread sender = new Thread(() -> assertDoesNotThrow(() -> {
                Thread.sleep(300);
                send("USR1", ProcessHandle.current().pid());
            }));
            sender.start();
            assertEquals(Optional.empty(), StopSignal.unlessRaised(StopSignalTest::sampleForever));
            assertFalse(Thread.currentThread().isInterrupted());
            assertEquals(Optional.empty(), StopSignal.unlessRaised(() -> 5));
            sender.join();
        } finally {
            signal.close();
            StopSignal.listen().close();
        }
    }

    private static int sampleForever() {
        while (!Thread.interrupted()) {
            Thread.onSpinWait();
        }
        throw new CancellationException("interrupted");
    }

    private static Process foreground(RunDirectory run) throws Exception {
        List<String> command = new ArrayList<>(
                Child.java(SlowTraining.class, run.path().toString()).command());
        if (OS.LINUX.isCurrentOs()) { // what these tests themselves were started to ignore must not be ignored here
            command.addAll(0, List.of("env", "--default-signal=HUP,INT"));
        }
        return awaitStep(run, new ProcessBuilder(command));
    }

    private static Process awaitStep(RunDirectory run, ProcessBuilder builder) throws Exception {
        Process process = builder.inheritIO().start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG);
        while (run.status().step() == 0) {
            assertTrue(
                    process.isAlive() && System.nanoTime() < end,
                    run.logTail(20).toString());
            Thread.sleep(20);
        }
        return process;
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        send(signal, process.pid());
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor());
    }
}
