package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;
import org.scorebook.aten.MixedPrecision;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.folder.RunDirectory;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.Checkpoint;
import org.scorebook.weights.Safetensors;

/** Trains very small networks on the built-in emoji in both precisions. */
class PrecisionTest {
    private static final Map<String, String> MIXED = Map.of("precision", "bf16");

    @TempDir
    Path runs;

    /**
     * Both see the same batches and noise, so that what is between them is rounding: a number is off by 2^-9 at most, and not always
     * upward. In trainings twice as long with four seeds the losses differed by 0.0011 of themselves at most, where another seed
     * changes them by a tenth.
     */
    @Test
    void lossesAgree() throws IOException {
        RunDirectory exact = SmallRuns.run(SmallRuns.field().with("precision", "float32"), runs);
        RunDirectory mixed = SmallRuns.run(SmallRuns.field().with(MIXED), runs);
        List<Double> expected = exact.lossHistory().validation();
        List<Double> found = mixed.lossHistory().validation();
        assertTrue(expected.get(2) < 0.9 * expected.get(0), "learns: " + expected);
        for (int i = 0; i < 3; i++) {
            assertEquals(expected.get(i), found.get(i), 0.005 * expected.get(i));
            assertNotEquals(expected.get(i), found.get(i));
        }
        assertEquals(
                BrokenRun.column(exact, "train_loss").get(0),
                BrokenRun.column(mixed, "train_loss").get(0),
                1e-3);
        assertLog(exact, "on cpu() in float32");
        assertLog(mixed, "on cpu() in float32, with products in bfloat16");
    }

    private static void assertLog(RunDirectory run, String end) throws IOException {
        List<String> lines = run.logTail(100);
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(end)), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("each step is one native call")), lines.toString());
    }

    /** And what it keeps, and is evaluated with, is float32. */
    @Test
    void aRunThatWasBrokenOffEndsAsOneThatWasNot(@Seeded(1) NDManager manager) throws IOException {
        RunConfig config = SmallRuns.field().with(MIXED).with("epochs", 1);
        BrokenRun run = BrokenRun.of(config, runs, 7);
        run.assertSameParts("model", "ema", "optimizer");
        run.assertSameMetrics("train_loss", "step");
        Path checkpoint = run.whole().latestCheckpoint().orElseThrow();
        for (String part : List.of("model", "ema", "optimizer")) {
            Safetensors.read(checkpoint.resolve(part + ".safetensors"), manager)
                    .forEach((name, array) -> assertEquals(DataType.FLOAT32, array.getDataType(), name));
        }
        Splits splits = Recipe.data(config);
        try (RunTrainer exact = new RunTrainer(config.with("precision", "float32"), splits.train(), manager)) {
            exact.restore(
                    Checkpoint.list(Checkpoint.parentIn(run.whole().path())).get(0));
            double loss = run.whole().lossHistory().validation().get(0);
            assertEquals(loss, exact.evaluate(splits.validation(), manager));
            assertNotEquals(loss, MixedPrecision.within(true, () -> exact.evaluate(splits.validation(), manager)));
        }
    }

    /** Chains, buffer and power iterations, operation by operation or not. */
    @Test
    void energiesToo() throws IOException {
        RunConfig config = SmallRuns.energy().with(Map.of("epochs", 1, "log_interval", 1));
        BrokenRun run = BrokenRun.of(config.with(MIXED), runs, 3);
        run.assertSameParts("model", "ema", "optimizer", "buffer");
        List<Double> mixed = BrokenRun.column(run.whole(), "energy_model");
        List<Double> exact = BrokenRun.column(SmallRuns.run(config, runs), "energy_model");
        assertEquals(exact.get(0), mixed.get(0), 0.02 * Math.abs(exact.get(0)));
        assertNotEquals(exact, mixed);
    }
}
