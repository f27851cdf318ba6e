package org.scorebook.loop;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;
import org.scorebook.config.RunConfig;
import org.scorebook.config.SamplerKind;
import org.scorebook.folder.RunDirectory;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingState;

/** Trains very small energies on the built-in emoji. */
class EnergyRunTest {
    @TempDir
    Path runs;

    /** Buffer, power iterations and average go on where they were, too. */
    @Test
    void aRunThatWasBrokenOffEndsAsOneThatWasNot() throws IOException {
        BrokenRun run = BrokenRun.of(SmallRuns.energy(), runs, 3, 13);
        run.assertSameParts("model", "ema", "optimizer", "buffer");
        run.assertSameMetrics("energy_data", "energy_model");
        for (RunDirectory directory : List.of(run.whole(), run.broken())) {
            assertTrue(directory.logTail(100).stream().anyMatch(line -> line.endsWith("each step is one native call")));
        }
    }

    /** Chains of a batch may go on where those of the batch before ended, in the same step. */
    @Test
    void batchesThatAreAccumulatedAreNoOneCall() throws IOException {
        RunConfig config = SmallRuns.energy().with(Map.of("gradient_accumulation", 2, "max_batches_per_epoch", 4));
        RunDirectory directory = SmallRuns.run(config, runs);
        assertTrue(directory.logTail(100).stream()
                .anyMatch(line -> line.contains("each step is computed operation by operation: chains of a batch")));
    }

    /** A learning rate that cannot work: the run tries lower ones and then says what is wrong; what it leaves is finite. */
    @Test
    void aRunThatRunsAwayGoesBackAndSaysSo(@Seeded(1) NDManager manager) throws IOException {
        RunConfig config = SmallRuns.energy()
                .with(Map.of(
                        "lr",
                        1e6,
                        "lr_decay",
                        "constant",
                        "clip_norm",
                        0,
                        "spectral_norm",
                        false,
                        "checkpoint_interval",
                        1));
        RunDirectory directory = RunDirectory.create(config.with("lr", 1), runs);
        TrainingLoop wild = new TrainingLoop(config, directory, (step, loss) -> {});
        String message = assertThrows(ArithmeticException.class, wild::run).getMessage();
        assertTrue(message.matches("Training diverges.* It was the 6th time, .* smaller lr .*"), message);
        assertEquals(
                5,
                directory.logTail(100).stream()
                        .filter(line -> line.matches(".*Went back from step \\d+ to step 0; the learning rate is .*"))
                        .count());
        assertTrue(
                directory.status().note().endsWith("the learning rate is 0.03125 of the planned one from there on."));
        Checkpoint left =
                Checkpoint.list(directory.path().resolve("checkpoints")).get(0);
        for (NDArray array : left.arrays("model", manager).values()) {
            assertFalse(array.isNaN().any().getBoolean());
        }
    }

    /** A run that is resumed keeps the lower rate. */
    @Test
    void theLowerRateIsSaved() {
        TrainingState state = TrainingState.start(new Shape(1, 8, 8), List.of()).withSetbacks(2);
        TrainingState other = TrainingState.fromJson(state.toJson());
        assertEquals(0.25, other.rateFactor());
        assertEquals(2, other.setbacks());
    }

    @Test
    void drawsWithAndWithoutClasses(@Seeded(9) NDManager manager) throws IOException {
        RunDirectory directory = SmallRuns.run(SmallRuns.energy(), runs);
        try (TrainedModel model = TrainedModel.load(directory.path(), manager)) {
            SamplingPlan plan = SamplingPlan.of(model.config()).withSteps(4);
            assertEquals(SamplerKind.LANGEVIN, plan.sampler());
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
        }
    }
}
