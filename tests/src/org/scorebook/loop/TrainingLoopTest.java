package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.ResidentMemory;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunText;
import org.scorebook.folder.Status;
import org.scorebook.folder.StepMode;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.train.TrainingListener;

/** Trains very small networks on the built-in emoji. */
class TrainingLoopTest {
    @TempDir
    Path runs;

    private RunDirectory run(RunConfig config) throws IOException {
        return SmallRuns.run(config, runs);
    }

    /** Dropout, mirroring, hidden labels and noise are random, and yet the bytes are the same, wherever a run was broken off. */
    @Test
    void aRunThatWasBrokenOffEndsAsOneThatWasNot() throws IOException {
        BrokenRun run = BrokenRun.of(SmallRuns.field(), runs, 7, 20, 41);
        run.assertSameParts("model", "ema", "optimizer");
        run.assertSameMetrics("train_loss", "step");
        assertEquals(3, run.whole().lossHistory().epochs().size());
        assertEquals(List.of(9.0, 18.0, 27.0, 36.0, 45.0, 54.0, 60.0), BrokenRun.column(run.broken(), "step"));
    }

    /** Also where the engine was there before, as it is after it was asked for its devices. */
    @Test
    void theEngineHasTheThreadsOfTheRun() throws IOException {
        Torch.onCpu().close();
        int before = JniUtils.getNumThreads();
        try {
            run(SmallRuns.field().with(Map.of("epochs", 1, "max_batches_per_epoch", 2, "threads", before + 1)));
            assertEquals(before + 1, JniUtils.getNumThreads());
        } finally {
            Torch.useThreads(before);
        }
    }

    @Test
    void severalBatchesMakeOneStep() throws IOException {
        RunDirectory two = run(SmallRuns.field().with(Map.of("epochs", 2, "gradient_accumulation", 4)));
        assertEquals(10, two.status().step());
        assertEquals(10, two.status().totalSteps());
    }

    /** Native calls, but for an energy that accumulates: its later chains start where others have ended. */
    @Test
    void logAndStatusSayHowStepsAreComputed() throws IOException {
        Map<String, Integer> few = Map.of("epochs", 1, "max_batches_per_epoch", 2);
        Status field = run(SmallRuns.field().with(few)).status();
        assertEquals(StepMode.NATIVE, field.stepMode());
        assertNull(field.stepObstacle());
        assertEquals(StepMode.NATIVE, run(SmallRuns.energy().with(few)).status().stepMode());
        RunDirectory energy = run(SmallRuns.energy().with(few).with(Map.of("gradient_accumulation", 2)));
        Status status = energy.status();
        assertEquals(StepMode.EAGER, status.stepMode());
        String steps = RunText.steps(status);
        assertEquals("each step is computed operation by operation: " + status.stepObstacle(), steps);
        assertEquals(
                1,
                energy.logTail(100).stream()
                        .filter(line -> line.endsWith("Z " + steps))
                        .count());
        assertNull(status.running("cpu").stepMode(), "the next process has to find out");
    }

    /** After one setback it is half of what was planned. */
    @Test
    void theMetricsHaveTheLearningRateThatWasTaken() throws IOException {
        RunConfig config = SmallRuns.field()
                .with(Map.of(
                        "lr", 0.002, "lr_decay", "constant", "log_interval", 1, "epochs", 1, "checkpoint_interval", 1));
        RunDirectory directory = RunDirectory.create(config, runs);
        assertThrows(IllegalStateException.class, () -> new TrainingLoop(config, directory, BrokenRun.killer(3)).run());
        Path state = directory.latestCheckpoint().orElseThrow().resolve("state.json");
        String saved = Files.readString(state);
        assertTrue(saved.contains("\"setbacks\":0"), saved);
        Files.writeString(state, saved.replace("\"setbacks\":0", "\"setbacks\":1"));
        Files.delete(state.resolveSibling("SHA256SUMS"));
        SmallRuns.train(directory);
        List<Double> rates = BrokenRun.column(directory, "lr");
        assertEquals(List.of(0.002, 0.002, 0.001), rates.subList(0, 3));
        assertEquals(0.001, rates.get(rates.size() - 1));
    }

    /** With such a rate the first step throws the parameters so far that the second overflows; no checkpoint was saved yet. */
    @Test
    void aStepThatIsNotFiniteIsToldWithWhatIsKnown() throws IOException {
        RunConfig wild = SmallRuns.field().with(Map.of("lr", 1e30, "lr_decay", "constant"));
        RunDirectory directory = RunDirectory.create(wild.with("lr", 1), runs);
        TrainingLoop loop = new TrainingLoop(wild, directory, (step, loss) -> {});
        ArithmeticException failure = assertThrows(ArithmeticException.class, loop::run);
        assertTrue(
                failure.getMessage()
                        .matches(
                                "in step 2 the loss is (NaN|-?Infinity): gradients are not finite: .* \\(\\d+ of \\d+\\); .*"
                                        + "Look for such values in the data, or train with a smaller lr or clip_norm"),
                failure.getMessage());
    }

    /** Their size is known when they are read; until then there is no network to train. */
    @Test
    void imagesThatTheNetworkCannotTakeAreRefusedBeforeTheFirstStep() throws IOException {
        RunConfig config = SmallRuns.field().with("multipliers", "1,1,1,1,1,1,1");
        assertEquals(
                "the side of the images must be divisible by 64 for the model unet with 7 multipliers, but the images of"
                        + " emoji are 32 x 32; take fewer multipliers",
                message(() -> RunDirectory.create(config, runs)));
    }

    /** What is saved can be drawn from, without the data set: labels, sampler and seed decide what comes out. */
    @Test
    void theResultCanBeDrawnFrom(@Seeded(9) NDManager manager) throws IOException {
        RunDirectory directory = run(SmallRuns.field().with("epochs", 1));
        try (TrainedModel model = TrainedModel.load(directory.path(), manager)) {
            assertEquals(9, model.classNames().size());
            assertEquals(20, model.step());
            SamplingPlan plan = new SamplingPlan("ddim", 5, 2, 1);
            NDArray images = model.draw(plan, manager, 0, 1, 9);
            assertEquals(new Shape(3, 3, 32, 32), images.getShape());
            assertTrue(images.abs().max().getFloat() <= 1);
            assertArrayEquals(
                    images.toFloatArray(), model.draw(plan, manager, 0, 1, 9).toFloatArray());
            for (String sampler : List.of("ddpm", "heun", "dpm-solver")) {
                NDArray others = model.draw(new SamplingPlan(sampler, 4, 1, 1), manager, 3);
                assertEquals(new Shape(1, 3, 32, 32), others.getShape());
            }
            assertTrue(assertThrows(
                            IllegalArgumentException.class,
                            () -> model.draw(new SamplingPlan("langevin", 1, 1, 1), manager, 0))
                    .getMessage()
                    .startsWith("sampler must be ddpm, ddim, heun or dpm-solver"));
        }
    }

    @Test
    void noiseLevelsAreTrainedAndDrawnFromToo() throws IOException {
        RunConfig config = SmallRuns.field()
                .with(Map.of(
                        "model", "ncsn-unet",
                        "objective", "levels",
                        "conditional", false,
                        "sampler", "langevin",
                        "sample_steps", 2,
                        "sample_count", 4,
                        "sigma_max", 10,
                        "levels", 4,
                        "epochs", 1,
                        "sample_interval", 20));
        RunDirectory directory = run(config);
        BufferedImage grid = ImageIO.read(directory.samples().get(0).toFile());
        assertEquals(2 * (2 * (64 + 2) + 2), grid.getWidth());
        assertTrue(directory.lossHistory().validation().get(0) < 1.5);
    }

    /** As much training as in some minutes of the course: the memory outside Java's heap does not grow. */
    @Test
    void memoryStaysFlatOverManySteps() throws IOException {
        RunConfig config = SmallRuns.field()
                .with(Map.of(
                        "epochs", 100,
                        "batch_size", 1,
                        "base_channels", 4,
                        "residual_blocks", 1,
                        "attention_resolutions", List.of(),
                        "evaluation_batches", 1));
        List<Long> resident = new ArrayList<>();
        TrainingListener watch = (step, loss) -> {
            if (step % 500 == 0) {
                resident.add(nativeMegabytes());
            }
        };
        RunDirectory directory = RunDirectory.create(config, runs);
        new TrainingLoop(config, directory, watch).run();
        assertEquals(4, resident.size());
        assertTrue(resident.get(3) - resident.get(0) < 100, "grows: " + resident);
    }

    /** Resident memory less Java's heap. */
    private static long nativeMegabytes() {
        System.gc();
        return (ResidentMemory.bytes() - Runtime.getRuntime().totalMemory()) / (1 << 20);
    }

    /** The checkpoint is good: what is damaged is told, and it stays as it is. */
    @Test
    void damagedMetricsAreNoFaultOfTheCheckpoint() throws IOException {
        RunDirectory directory =
                run(SmallRuns.field().with(Map.of("epochs", 1, "max_batches_per_epoch", 2, "log_interval", 1)));
        Path metrics = directory.path().resolve("metrics.jsonl");
        Files.writeString(metrics, "garbage\n" + Files.readString(metrics));
        String before = Files.readString(metrics);
        String message = assertThrows(IOException.class, () -> SmallRuns.train(directory))
                .getMessage();
        assertTrue(message.startsWith(metrics + " is damaged: line 1 "), message);
        assertEquals(before, Files.readString(metrics));
        assertTrue(directory.logTail(9).stream().noneMatch(line -> line.contains("a checkpoint cannot be read")));
    }

    /** Killed before its first checkpoint, it begins anew, and so do its metrics. */
    @Test
    void eachStepIsToldOnceWithoutACheckpointToo() throws IOException {
        RunConfig config = SmallRuns.field().with(Map.of("epochs", 1, "max_batches_per_epoch", 4, "log_interval", 1));
        RunDirectory directory = RunDirectory.create(config, runs);
        TrainingListener killer = (step, loss) -> {
            if (step == 3) {
                throw new IllegalStateException("killed");
            }
        };
        assertThrows(IllegalStateException.class, () -> new TrainingLoop(config, directory, killer).run());
        SmallRuns.train(directory);
        assertEquals(List.of(1.0, 2.0, 3.0, 4.0), BrokenRun.column(directory, "step"));
    }

    /** Somebody moved a damaged history away: later epochs keep their numbers. */
    @Test
    void epochsKeepTheirNumbersWithoutTheLossesBefore() throws IOException {
        RunConfig config =
                SmallRuns.field().with(Map.of("epochs", 3, "max_batches_per_epoch", 2, "checkpoint_interval", 1));
        RunDirectory directory = RunDirectory.create(config, runs);
        TrainingListener killer = (step, loss) -> {
            if (step == 5) {
                throw new IllegalStateException("killed");
            }
        };
        assertThrows(IllegalStateException.class, () -> new TrainingLoop(config, directory, killer).run());
        assertEquals(List.of(0, 1), directory.lossHistory().epochs());
        Files.delete(directory.path().resolve("loss_history.json"));
        SmallRuns.train(directory);
        assertEquals(List.of(1, 2), directory.lossHistory().epochs());
        assertEquals(3, directory.lossHistory().done());
    }

    /** Each checkpoint gets its name by a rename. */
    @Test
    void noStepIsSavedTwice() throws Exception {
        RunConfig config =
                SmallRuns.field().with(Map.of("epochs", 1, "max_batches_per_epoch", 4, "checkpoint_interval", 2));
        RunDirectory directory = RunDirectory.create(config, runs);
        Path checkpoints = directory.path().resolve("checkpoints");
        try (WatchService watch = checkpoints.getFileSystem().newWatchService()) {
            checkpoints.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            SmallRuns.train(directory);
            Files.createFile(checkpoints.resolve(".end")); // is told last
            List<String> saved = new ArrayList<>();
            while (!saved.contains(".end")) {
                WatchKey key = watch.poll(1, TimeUnit.MINUTES);
                key.pollEvents().forEach(event -> saved.add(event.context().toString()));
                key.reset();
            }
            saved.removeIf(name -> name.startsWith("."));
            assertEquals(List.of("step-00000002", "step-00000004"), saved);
        }
    }

    /** The newest checkpoint is cut short: the one before it is used. All are: the run says so, and does not begin anew. */
    @Test
    void damagedCheckpointsCostNoMoreThanAnInterval() throws IOException {
        RunConfig config = SmallRuns.field().with(Map.of("epochs", 1, "checkpoint_interval", 8));
        RunDirectory directory = run(config);
        cut(directory.latestCheckpoint().orElseThrow().resolve("optimizer.safetensors"));
        List<String> remarks = new ArrayList<>();
        new TrainingLoop(config, directory, new Remarks(remarks)).run();
        assertTrue(directory.logTail(9).stream().anyMatch(line -> line.contains("goes on from step 16")));
        assertEquals(
                List.of("The checkpoint of step 20 is damaged and kept as "
                        + directory.path().resolve("checkpoints").resolve("damaged-step-00000020")
                        + "; the run goes on from step 16. log.txt says what is wrong with it."),
                remarks);
        for (Path checkpoint : directory.checkpoints()) {
            cut(checkpoint.resolve("optimizer.safetensors"));
        }
        assertTrue(assertThrows(IOException.class, () -> SmallRuns.train(directory))
                .getMessage()
                .contains("optimizer.safetensors is damaged: its SHA-256 is not the one in SHA256SUMS; "));
    }

    private record Remarks(List<String> sentences) implements TrainingListener {
        @Override
        public void step(long step, double loss) {}

        @Override
        public void remark(String sentence) {
            sentences.add(sentence);
        }
    }

    private static void cut(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    }

    @Test
    void whatCannotBeTrainedIsSaid() throws IOException {
        RunConfig tooMany = SmallRuns.field().with("gradient_accumulation", 21);
        RunDirectory directory = RunDirectory.create(tooMany, runs);
        assertEquals(
                "gradient_accumulation must be at most the 20 batches of an epoch, but is 21",
                message(() -> SmallRuns.train(directory)));
        assertTrue(assertThrows(IOException.class, () -> TrainedModel.load(directory.path(), Torch.manager(1)))
                .getMessage()
                .startsWith(directory.path() + " has no checkpoint"));
    }
}
