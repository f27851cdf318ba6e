package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.aten.Child;
import org.scorebook.base.Invocation;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;
import org.scorebook.slurm.SlurmOptions;

/** Jobs in real processes. */
class TrainingJobTest {
    private static final Duration LONG = Duration.ofSeconds(120); // a machine may be busy
    private static final int ENDLESS = 100_000;

    @TempDir
    private Path runs;

    private TrainingJob start(RunConfig config) throws IOException {
        return RunJob.start(config, runs, SlowTraining.LAUNCHER);
    }

    @AfterEach
    void endProcesses() throws IOException {
        for (TrainingJob job : TrainingJob.list(runs)) {
            job.status().process().handle().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(TrainingJob job, Condition condition) throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.holds()) {
            assertTrue(
                    System.nanoTime() < end,
                    "too late: " + job + job.directory().logTail(20));
            Thread.sleep(20);
        }
    }

    private static void awaitSteps(TrainingJob job) throws Exception {
        await(
                job,
                () -> job.status().state() == RunState.RUNNING && job.status().step() > 0);
    }

    @Test
    void runsToItsEndInAProcessOfItsOwn() throws Exception {
        TrainingJob job = start(SlowTraining.config(60));
        assertTrue(job.status().state().isOpen());
        Status status = job.await(LONG);
        assertEquals(RunState.SUCCEEDED, status.state(), () -> job.toString());
        assertEquals(60, status.step());
        assertNotEquals(ProcessHandle.current().pid(), status.pid());
        assertEquals("cpu", status.device());
        assertEquals(60, job.directory().metrics().size());
        assertEquals(1, job.directory().samples().size());
        assertTrue(String.join("\n", job.directory().logTail(100)).contains("step 60: loss 0.016667"));
        assertEquals(job.id(), TrainingJob.find("slow", runs).id());
        assertEquals(
                List.of(job.id()),
                TrainingJob.list(runs).stream().map(TrainingJob::id).toList());
        assertThrows(IllegalStateException.class, job::resume);
        job.cancel();
        assertEquals(RunState.SUCCEEDED, job.status().state());
    }

    @Test
    void cancelLetsItWriteACheckpointAndResumeGoesOnInANewProcess() throws Exception {
        TrainingJob job = start(SlowTraining.config(ENDLESS));
        awaitSteps(job);
        assertThrows(IllegalStateException.class, job::resume);
        long firstProcess = job.status().pid();
        job.cancel();
        Status cancelled = job.await(LONG);
        assertEquals(RunState.CANCELLED, cancelled.state());
        assertEquals(
                "cancelled at step " + cancelled.step() + "; resume with: " + Invocation.fromAnywhere(System.getenv())
                        + " jobs resume " + job.id() + " --save-dir " + runs,
                cancelled.error());
        assertEquals(1, job.directory().checkpoints().size());

        job.resume(SlowTraining.LAUNCHER);
        await(
                job,
                () -> job.status().state() == RunState.RUNNING && job.status().step() > cancelled.step());
        Status resumed = job.status();
        assertNotEquals(firstProcess, resumed.pid());
        assertEquals(cancelled.step(), resumed.firstStep());
        List<Map<String, Double>> rows = job.directory().metrics();
        assertEquals(rows.size(), rows.get(rows.size() - 1).get("step"), "each step once");
    }

    @Test
    void aKilledProcessIsFoundOut() throws Exception {
        TrainingJob job = start(SlowTraining.config(ENDLESS));
        awaitSteps(job);
        job.status().process().handle().orElseThrow().destroyForcibly();
        Status status = job.await(LONG);
        assertEquals(RunState.FAILED, status.state());
        assertTrue(status.error().matches("the process ended without a word at step \\d+; resume with: .*"));
        job.resume(SlowTraining.LAUNCHER);
        awaitSteps(job);
    }

    @Test
    void errorsReachTheStatus() throws Exception {
        TrainingJob failing = start(SlowTraining.config(10).with("data_dir", "fail"));
        assertEquals(RunState.FAILED, failing.await(LONG).state());
        assertEquals(
                "the loss is NaN at step 3; a smaller lr may help",
                failing.error().orElseThrow());
        assertFalse(String.join("\n", failing.directory().logTail(20)).contains("\tat "));
        assertTrue(Files.readString(failing.directory().logFile()).contains("SlowTraining.run"));
        TrainingJob unknown =
                RunJob.start(SlowTraining.config(10), runs, new LocalLauncher(List.of("no.such.Program")));
        assertEquals(RunState.FAILED, unknown.await(LONG).state());
        assertTrue(unknown.error().orElseThrow().startsWith("the process ended before it began to train"));
        assertTrue(String.join("\n", unknown.directory().logTail(20)).contains("no.such.Program"));
    }

    /** On a machine with Slurm it is the partition that is missing. */
    @Test
    void aJobThatSlurmDoesNotTakeHasFailed() throws Exception {
        Launcher launcher = Launcher.slurm(SlurmOptions.usual().partition("no-such-partition"));
        IOException e =
                assertThrows(IOException.class, () -> TrainingJob.start(SlowTraining.config(10), runs, launcher));
        TrainingJob job = TrainingJob.find("latest", runs);
        assertEquals(RunState.FAILED, job.status().state());
        assertEquals(
                "no process could be started: " + e.getMessage(), job.error().orElseThrow());
        String script = Files.readString(job.directory().batchScript());
        assertTrue(script.contains("\n#SBATCH --partition=no-such-partition\n"), script);
        assertTrue(
                script.contains(
                        " \\\n  train \\\n  --run-dir \\\n  " + job.directory().path()),
                script);
    }

    @Test
    void jobsQueueForADeviceInTheirOrder() throws Exception {
        TrainingJob first = start(SlowTraining.config(ENDLESS));
        awaitSteps(first);
        TrainingJob second = start(SlowTraining.config(20));
        TrainingJob third = start(SlowTraining.config(20));
        TrainingJob fourth = start(SlowTraining.config(20));
        String waits = "waits for cpu, where another run trains";
        for (TrainingJob waiting : List.of(second, third, fourth)) {
            await(waiting, () -> String.join("", waiting.directory().logTail(1)).endsWith(waits));
            assertEquals(RunState.QUEUED, waiting.status().state());
        }
        assertFalse(Files.readString(first.directory().logFile()).contains(waits));
        fourth.cancel();
        assertEquals(RunState.CANCELLED, fourth.await(LONG).state());
        assertFalse(third.status().state() == RunState.RUNNING);
        first.status().process().handle().orElseThrow().destroyForcibly();
        assertEquals(RunState.SUCCEEDED, third.await(LONG).state());
        assertFalse(third.status().started().isBefore(second.status().finished()), "first come, first served");
    }

    @Test
    void itOutlivesTheProcessThatStartedIt() throws Exception {
        Process starter = Child.java(Starter.class, runs.toString()).inheritIO().start();
        assertEquals(0, starter.waitFor());
        TrainingJob job = TrainingJob.find("latest", runs);
        awaitSteps(job);
        assertFalse(starter.isAlive());
    }

    /** Starts a job and ends. */
    static final class Starter {
        public static void main(String[] args) throws IOException {
            RunJob.start(SlowTraining.config(ENDLESS), Path.of(args[0]), SlowTraining.LAUNCHER);
        }
    }
}
