package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.LossHistory;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;

/** SIGTERM to real trainings while they do what takes long and can be left undone, and what becomes of it. */
class StopTest {
    @TempDir
    Path runs;

    /** The grid alone would take minutes; its step is saved before it. */
    @Test
    void aGridIsLeftUndone() throws Exception {
        RunDirectory run = RunDirectory.create(
                SmallRuns.field()
                        .with(Map.of("sample_interval", 2, "checkpoint_interval", 2, "sample_steps", 1000))
                        .with(Map.of("conditional", false, "sample_count", 200)),
                runs);
        stop(run, () -> !run.checkpoints().isEmpty());
        assertEquals(List.of("step-00000002"), names(run));
        assertEquals(List.of(), run.samples());
    }

    /** Nothing is due to be saved at the end of this epoch: the losses would come first, and take long. */
    @Test
    void anEvaluationIsLeftUndone() throws Exception {
        RunDirectory run = RunDirectory.create(
                SmallRuns.field()
                        .with(Map.of("base_channels", 64, "batch_size", 1, "max_batches_per_epoch", 2))
                        .with(Map.of("log_interval", 1, "evaluation_batches", 0)),
                runs);
        stop(run, () -> run.metrics().size() == 2);
        assertEquals(List.of("step-00000002"), names(run));
        assertEquals(LossHistory.EMPTY, run.lossHistory());
    }

    private static void stop(RunDirectory run, Callable<Boolean> begun) throws Exception {
        Process process = TrainingChild.start(run);
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (!begun.call()) {
                assertTrue(process.isAlive() && System.nanoTime() < end, () -> "step not reached in " + run.path());
                Thread.sleep(20);
            }
            Thread.sleep(500);
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not stop");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(143, process.exitValue());
        assertEquals(RunState.CANCELLED, run.status().state());
    }

    private static List<String> names(RunDirectory run) throws Exception {
        return run.checkpoints().stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    /** A process that ended between the checkpoint and the losses and grid of its step: the next one makes them, the same. */
    @Test
    void whatWasLeftUndoneIsDoneByTheNextProcess() throws Exception {
        RunConfig config = SmallRuns.field()
                .with(Map.of("epochs", 2, "max_batches_per_epoch", 3, "checkpoint_interval", 3))
                .with(Map.of("sample_interval", 3, "sample_steps", 2, "sample_count", 2));
        RunDirectory run = SmallRuns.run(config, runs);
        LossHistory losses = run.lossHistory();
        assertEquals(2, losses.done());
        Path grid = run.samples().get(1);
        byte[] png = Files.readAllBytes(grid);
        run.writeLossHistory(losses.first(1));
        Files.delete(grid);
        SmallRuns.train(run);
        assertEquals(losses, run.lossHistory());
        assertArrayEquals(png, Files.readAllBytes(grid));
    }
}
