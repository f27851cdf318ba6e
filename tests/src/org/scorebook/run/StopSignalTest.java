package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.aten.Child;

/** Signals to real processes in the foreground. */
class StopSignalTest {
    @TempDir
    private Path runs;

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "USR1, 0"})
    void theProcessEndsByItselfWithACheckpoint(String signal, int code) throws Exception {
        RunDirectory run = RunDirectory.create(SlowTraining.config(100_000), runs);
        Process process = foreground(run);
        send(signal, process);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(code, process.exitValue());
        assertEquals(RunState.CANCELLED, run.status().state());
        assertTrue(
                run.status().error().startsWith("stopped by SIG" + signal),
                run.status().error());
        assertEquals(1, run.checkpoints().size());
    }

    @Test
    void aSecondSignalEndsALoopThatDoesNotListen() throws Exception {
        RunDirectory run = RunDirectory.create(SlowTraining.config(100_000).with("data_dir", "deaf"), runs);
        Process process = foreground(run);
        send("INT", process);
        assertFalse(process.waitFor(1, TimeUnit.SECONDS));
        send("INT", process);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(130, process.exitValue());
        assertEquals(RunState.FAILED, run.status().state());
    }

    private static Process foreground(RunDirectory run) throws Exception {
        Process process = Child.java(SlowTraining.class, run.path().toString())
                .inheritIO()
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (run.status().step() == 0) {
            assertTrue(
                    process.isAlive() && System.nanoTime() < end,
                    run.logTail(20).toString());
            Thread.sleep(20);
        }
        return process;
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        assertEquals(0, new ProcessBuilder("kill", "-" + signal, pid).start().waitFor());
    }
}
