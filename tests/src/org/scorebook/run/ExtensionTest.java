package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.LossHistory;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;
import org.scorebook.loop.BrokenRun;
import org.scorebook.loop.SmallRuns;
import org.scorebook.loop.TrainingLoop;
import org.scorebook.train.LearningRate;

/** Very small trainings on the built-in emoji, with one thread, that go on for longer than they were made for. */
class ExtensionTest {
    private static final Duration LONG = Duration.ofSeconds(180); // a machine may be busy

    @TempDir
    Path runs;

    private int threads;

    @BeforeEach
    void keepThreads() {
        Torch.onCpu().close();
        threads = JniUtils.getNumThreads();
    }

    @AfterEach
    void restoreThreads() {
        Torch.useThreads(threads);
    }

    private static RunConfig field() {
        return uneven(SmallRuns.field());
    }

    private static RunConfig energy() {
        return uneven(SmallRuns.energy());
    }

    /** Epochs end neither at a line of metrics, nor at a grid of samples, nor at a checkpoint. */
    private static RunConfig uneven(RunConfig config) {
        return config.with(Map.of("max_batches_per_epoch", 10, "batch_size", 4, "threads", 1))
                .with(Map.of("lr_decay", "constant", "warmup_steps", 15, "log_interval", 7, "checkpoint_interval", 7))
                .with(Map.of("sample_interval", 12, "sample_count", 2, "sample_steps", 2, "evaluation_batches", 1));
    }

    private RunDirectory trained(RunConfig config, int epochs) throws IOException {
        RunDirectory directory = RunDirectory.create(config.with("epochs", epochs), runs);
        return train(directory, RunState.SUCCEEDED);
    }

    private static RunDirectory train(RunDirectory directory, RunState expected) throws IOException {
        Status status = RunProcess.run(directory, TrainingLoop::new, (step, loss) -> {});
        assertEquals(expected, status.state(), status.error());
        return directory;
    }

    @Test
    void aRunThatIsTrainedLongerBecomesTheRunOfThatLength() throws IOException {
        RunDirectory longer = trained(field(), 1);
        assertEquals(List.of(7.0, 10.0), BrokenRun.column(longer, "step"));
        for (int epochs : List.of(2, 3)) {
            assertEquals(Optional.empty(), Extension.apply(longer, epochs));
            assertEquals(RunState.QUEUED, longer.status().state());
            train(longer, RunState.SUCCEEDED);
        }
        assertSame(trained(field(), 3), longer, "model", "ema", "optimizer");
        assertEquals(3, RunDirectory.open(longer.path()).config().epochs());
    }

    /** Its buffer of chains goes on, too. */
    @Test
    void soDoesAnEnergy() throws IOException {
        RunDirectory longer = trained(energy(), 1);
        Extension.apply(longer, 2);
        train(longer, RunState.SUCCEEDED);
        assertSame(trained(energy(), 2), longer, "model", "ema", "optimizer", "buffer");
    }

    /** Everything but times, and the pictures that the shorter run drew at its end. */
    private static void assertSame(RunDirectory whole, RunDirectory longer, String... parts) throws IOException {
        BrokenRun both = new BrokenRun(whole, longer);
        both.assertSameParts(parts);
        both.assertSameMetrics("step", "epoch", "train_loss", "gradient_norm", "lr");
        for (String text : List.of("state.json", "config.json")) {
            assertEquals(
                    Files.readString(whole.latestCheckpoint().orElseThrow().resolve(text)),
                    Files.readString(longer.latestCheckpoint().orElseThrow().resolve(text)));
        }
        assertEquals(
                Files.readString(whole.path().resolve("config.json")),
                Files.readString(longer.path().resolve("config.json")));
        for (Path grid : whole.samples()) {
            Path other = longer.path().resolve("samples").resolve(grid.getFileName());
            assertArrayEquals(Files.readAllBytes(grid), Files.readAllBytes(other), grid.toString());
        }
        assertEquals(whole.status().step(), longer.status().step());
        assertEquals(whole.status().totalSteps(), longer.status().totalSteps());
    }

    /** A rate that falls to 0 over all steps falls anew; the run says so where people look. */
    @Test
    void aFallingLearningRateIsThatOfTheNewLength() throws IOException {
        RunConfig config = field().with(Map.of("lr_decay", "cosine", "warmup_steps", 0, "log_interval", 1));
        RunDirectory longer = trained(config, 1);
        String note = Extension.apply(longer, 2).orElseThrow();
        assertTrue(
                note.matches(
                        "The learning rate falls .*: as for 1 in all until step 10, as for 2 in all after it, .* not that of .*"),
                note);
        train(longer, RunState.SUCCEEDED);
        assertEquals(note, longer.status().note());
        assertTrue(Files.readString(longer.logFile()).contains(note));
        LearningRate rate = LearningRate.cosine(config.lr());
        List<Double> rates = BrokenRun.column(longer, "lr");
        for (int step = 0; step < 20; step++) {
            assertEquals(rate.at(step, step < 10 ? 10 : 20), rates.get(step), 1e-12, "step " + step);
        }
    }

    /** In the second of three epochs: it can be given two, but not one. */
    @Test
    void aRunThatWasBrokenOffCanBeGivenFewerEpochs() throws IOException {
        RunDirectory shorter = RunDirectory.create(field().with("epochs", 3), runs);
        Status failed = RunProcess.run(shorter, TrainingLoop::new, BrokenRun.killer(16)::step);
        assertEquals(RunState.FAILED, failed.state());
        assertEquals(
                "epochs must be more than the 1 that run " + shorter.id() + " has trained, but is 1",
                refused(shorter, 1));
        Extension.apply(shorter, 2);
        train(shorter, RunState.SUCCEEDED);
        assertSame(trained(field(), 2), shorter, "model", "ema", "optimizer");
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() throws IOException {
        RunDirectory run = trained(field(), 1);
        String before = Files.readString(run.path().resolve("config.json"));
        assertEquals("epochs must be more than the 1 that run " + run.id() + " has trained, but is 1", refused(run, 1));
        assertEquals("epochs must be at least 1, but is 0", refused(run, 0));
        run.update(Status::queued);
        String open = assertThrows(IllegalStateException.class, () -> Extension.apply(run, 2))
                .getMessage();
        assertTrue(open.startsWith("run " + run.id() + " is queued: its epochs can change when it has ended"), open);
        assertEquals(before, Files.readString(run.path().resolve("config.json")));
        assertEquals(
                "--lr cannot change in a run that goes on, only --epochs can: it is 0.001 in run " + run.id()
                        + ", not 0.5; leave it out, or start a new run with --config "
                        + run.path().resolve("config.json") + " and this option",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Extension.config(run, Map.of("epochs", 4, "lr", 0.5)))
                        .getMessage());
        assertEquals(
                4,
                Extension.config(
                                run,
                                Map.of(
                                        "epochs",
                                        4,
                                        "device",
                                        "cpu",
                                        "lr",
                                        run.config().lr()))
                        .epochs());
    }

    /** Killed after the new settings were written: the same again does it. */
    @Test
    void aKillOnTheWayCostsNothing() throws IOException {
        RunDirectory run = RunDirectory.create(field().with("epochs", 1), runs);
        run.writeLossHistory(LossHistory.EMPTY.plus(1, 1, 1));
        run.update(status -> status.ended(RunState.SUCCEEDED, null));
        run.writeConfig(field().with("epochs", 2));
        assertEquals(Optional.empty(), Extension.apply(run, 2));
        assertEquals(RunState.QUEUED, run.status().state());
        assertEquals(0, run.status().totalSteps());
    }

    private static String refused(RunDirectory run, int epochs) {
        return assertThrows(IllegalArgumentException.class, () -> Extension.apply(run, epochs))
                .getMessage();
    }

    /** From Java, in processes of their own. */
    @Test
    void aJobIsExtended() throws Exception {
        TrainingJob job = TrainingJob.start(field().with("epochs", 1), runs);
        assertEquals(RunState.SUCCEEDED, job.await(LONG).state(), job::toString);
        long first = job.status().pid();
        assertEquals(Optional.empty(), job.extendTo(2));
        Status ended = job.await(LONG);
        assertEquals(RunState.SUCCEEDED, ended.state(), job::toString);
        assertEquals(List.of(20L, 20L, 10L), List.of(ended.step(), ended.totalSteps(), ended.firstStep()));
        assertTrue(ended.pid() != first);
        assertSame(trained(field(), 2), job.directory(), "model", "ema", "optimizer");
        assertThrows(IllegalArgumentException.class, () -> job.extendTo(2));
    }
}
