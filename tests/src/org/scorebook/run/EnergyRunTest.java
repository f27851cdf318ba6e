package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.aten.Torch;
import org.scorebook.data.ImageSet;
import org.scorebook.data.ImageSets;
import org.scorebook.data.MissingData;
import org.scorebook.data.Splits;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingListener;

/** Trains very small energies on the built-in emoji. */
class EnergyRunTest {
    private static final TrainingListener NOBODY = (step, loss) -> {};

    @TempDir
    Path runs;

    private static RunConfig small() {
        return RunConfig.preset("ebm-quick")
                .with(Map.ofEntries(
                        Map.entry("data", "emoji"),
                        Map.entry("flip", true),
                        Map.entry("base_channels", 4),
                        Map.entry("spectral_norm", true),
                        Map.entry("conditional", true),
                        Map.entry("chain_steps", 3),
                        Map.entry("buffer_size", 32),
                        Map.entry("epochs", 2),
                        Map.entry("max_batches_per_epoch", 10),
                        Map.entry("batch_size", 8),
                        Map.entry("checkpoint_interval", 100),
                        Map.entry("sample_interval", 0),
                        Map.entry("log_interval", 5),
                        Map.entry("evaluation_batches", 2),
                        Map.entry("device", "cpu")));
    }

    private RunDirectory run(RunConfig config) throws IOException {
        RunDirectory directory = RunDirectory.create(config, runs);
        new TrainingLoop(config, directory, NOBODY).run();
        return directory;
    }

    /** Buffer, power iterations and average go on where they were, too. */
    @Test
    void aRunThatWasBrokenOffEndsAsOneThatWasNot() throws IOException {
        BrokenRun run = BrokenRun.of(small(), runs, 3, 13);
        run.assertSameParts("model", "ema", "optimizer", "buffer");
        run.assertSameMetrics("energy_data", "energy_model");
    }

    /** A learning rate that cannot work: the run tries lower ones and then says what is wrong; what it leaves is finite. */
    @Test
    void aRunThatRunsAwayGoesBackAndSaysSo() throws IOException {
        RunConfig config = small().with(Map.of(
                "lr", 1e6, "lr_decay", "constant", "clip_norm", 0, "spectral_norm", false, "checkpoint_interval", 1));
        RunDirectory directory = RunDirectory.create(config, runs);
        String message = assertThrows(
                        ArithmeticException.class, () -> new TrainingLoop(config, directory, NOBODY).run())
                .getMessage();
        assertTrue(message.matches("Training diverges.* It was the 6th time, .* smaller lr .*"), message);
        assertEquals(
                5,
                directory.logTail(100).stream()
                        .filter(line -> line.matches(".*Went back from step \\d+ to step 0; the learning rate is .*"))
                        .count());
        assertTrue(
                directory.status().note().endsWith("the learning rate is 0.03125 of the planned one from there on."));
        try (NDManager manager = Torch.manager(1)) {
            Checkpoint left =
                    Checkpoint.list(directory.path().resolve("checkpoints")).get(0);
            for (NDArray array : left.arrays("model", manager).values()) {
                assertFalse(array.isNaN().any().getBoolean());
            }
        }
    }

    /** A run that is resumed keeps the lower rate. */
    @Test
    void theLowerRateIsSaved() {
        TrainingState state = new TrainingState();
        state.setBack(2);
        TrainingState other = new TrainingState();
        other.restore(state.toJson());
        assertEquals(0.25, other.rateFactor());
        assertEquals(2, other.setbacks());
    }

    @Test
    void drawsWithAndWithoutClasses() throws IOException {
        RunDirectory directory = run(small());
        try (NDManager manager = Torch.manager(9);
                TrainedModel model = TrainedModel.load(directory.path(), manager)) {
            SamplingPlan plan = SamplingPlan.of(model.config()).withSteps(4);
            assertEquals("langevin", plan.sampler());
            NDArray images = model.draw(plan, manager, 0, 3, 9);
            assertEquals(new Shape(3, 3, 32, 32), images.getShape());
            assertTrue(images.abs().max().getFloat() <= 1);
            float[] numbers = images.toFloatArray();
            assertArrayEquals(numbers, model.draw(plan, manager, 0, 3, 9).toFloatArray());
            assertNotEquals(
                    numbers[0], model.draw(plan.withSeed(5), manager, 0, 3, 9).getFloat(0, 0, 0, 0));
            assertTrue(assertThrows(
                            IllegalArgumentException.class,
                            () -> model.draw(new SamplingPlan("ddim", 1, 1, 1), manager, 0))
                    .getMessage()
                    .startsWith("sampler must be langevin for an energy"));
            assertThrows(IllegalStateException.class, model::network);
            Splits splits = TrainingLoop.load(model.config());
            Map<String, Double> figures = EnergyFigures.of(model, splits.test(), manager);
            assertEquals(List.of("auroc_noise", "auroc_shuffled", "accuracy"), List.copyOf(figures.keySet()));
            figures.values().forEach(value -> assertTrue(value >= 0 && value <= 1, figures.toString()));
        }
    }

    @Test
    void theShippedEnergyKnowsClothes() throws IOException {
        try (NDManager manager = Torch.manager(9);
                TrainedModel model = TrainedModel.pretrained("ebm-fashion-mnist", manager)) {
            assertEquals(130_305, model.energy().size());
            NDArray drawn = model.draw(SamplingPlan.of(model.config()), manager, new int[8]);
            NDArray noise = manager.randomUniform(-1, 1, drawn.getShape());
            float highest =
                    Torch.untracked(() -> model.energy().energy(drawn).max()).getFloat();
            float lowest =
                    Torch.untracked(() -> model.energy().energy(noise).min()).getFloat();
            assertTrue(highest < lowest, highest + " and " + lowest);
            Map<String, Double> figures = EnergyFigures.of(model, clothes(), manager);
            assertTrue(figures.get("auroc_noise") > 0.99, figures.toString());
            assertTrue(figures.get("auroc_emoji") > 0.9, figures.toString());
            assertTrue(figures.get("auroc_shuffled") > 0.9, figures.toString());
        }
    }

    /** Skips where they cannot be had. */
    private static ImageSet clothes() throws IOException {
        try {
            return ImageSets.load("fashion-mnist").test();
        } catch (MissingData e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    @Test
    void settingsThatDoNotFitAreRefused() {
        assertEquals(
                "objective must be contrastive for the model energy, and only for this, but they are ddpm and energy",
                message(Map.of("model", "energy")));
        assertEquals(
                "objective must be contrastive for the model energy, and only for this, but they are contrastive and unet",
                message(Map.of("objective", "contrastive")));
        assertEquals(
                "buffer_size must be at least batch_size, but they are 10 and 64",
                message(Map.of("model", "energy", "objective", "contrastive", "buffer_size", 10)));
    }

    private static String message(Map<String, Object> changes) {
        RunConfig defaults = RunConfig.defaults();
        return assertThrows(IllegalArgumentException.class, () -> defaults.with(changes))
                .getMessage();
    }
}
