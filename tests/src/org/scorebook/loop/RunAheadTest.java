package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageSet;
import org.scorebook.feed.ImageBatches;
import org.scorebook.folder.RunDirectory;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.TrainingListener;

/** Steps that are begun before the host has seen the numbers of those before, as on a GPU. Here a CPU does what a GPU is told. */
class RunAheadTest {
    private static final double[] RATES = {1e-3, 3e-3, 2e-3, 1e-3, 5e-4};

    @TempDir
    Path folder;

    @Seeded(1)
    private NDManager manager;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stepsThatAreBegunTogetherAreTheSameOnes(int accumulation) throws IOException {
        RunConfig config = SmallRuns.field().with("gradient_accumulation", accumulation);
        try (Trained together = new Trained(config);
                Trained alone = new Trained(config)) {
            double[] losses = together.trainer.steps(together.batches::next, RATES);
            assertArrayEquals(alone.oneByOne(RATES), losses);
            assertEquals(alone.trainer.figures(), together.trainer.figures());
            SavedTrainers.assertSame(alone.trainer, together.trainer, folder);
            assertTrue(together.trainer.runsAhead());
            assertEquals(RATES.length, together.trainer.state().step());
        }
    }

    /** The third step throws the parameters so far that the fourth overflows. */
    @Test
    void afterAStepThatIsNotFiniteNoneIsTaken() throws IOException {
        double[] rates = {1e-3, 1e-3, 1e30, 1e-3, 1e-3, 1e-3};
        try (Trained together = new Trained(SmallRuns.field());
                Trained alone = new Trained(SmallRuns.field())) {
            double[] losses = together.trainer.steps(together.batches::next, rates);
            assertArrayEquals(alone.oneByOne(Arrays.copyOf(rates, 3)), losses);
            SavedTrainers.assertSame(alone.trainer, together.trainer, folder);
            assertFalse(together.trainer.runsAhead(), "the next step is to be looked at");
            together.batches.startAt(0, 3);
            assertFalse(Double.isFinite(together.trainer.step(together.batches::next, 1e-3)));
            assertTrue(together.trainer.diagnosis().contains("gradients are not finite"), together.trainer.diagnosis());
        }
    }

    /** Broken off and resumed, with a look each fifth step; and from the start to the end in long strides. */
    @Test
    void aRunIsTheSameHoweverFarItRunsAhead() throws IOException {
        RunConfig config = SmallRuns.field().with("epochs", 2);
        RunDirectory whole = RunDirectory.create(config, folder.resolve("runs"));
        Told told = new Told(whole);
        new TrainingLoop(config, whole, told, device -> true).run();
        assertEquals(
                LongStream.rangeClosed(1, 40).boxed().toList(),
                told.steps.stream().sorted().toList());
        assertEquals(told.steps.stream().sorted().toList(), told.steps);
        assertTrue(told.isLate, "no step was told after a line of metrics for a later one: none ran ahead");

        RunConfig saving = config.with("checkpoint_interval", 5);
        RunDirectory broken = RunDirectory.create(saving, folder.resolve("runs"));
        TrainingLoop killed = new TrainingLoop(saving, broken, BrokenRun.killer(24), device -> true);
        assertThrows(IllegalStateException.class, killed::run);
        new TrainingLoop(saving, broken, (step, loss) -> {}, device -> true).run();
        BrokenRun both = new BrokenRun(whole, broken);
        both.assertSameParts("model", "ema", "optimizer");
        both.assertSameMetrics("train_loss", "gradient_norm", "lr", "step");
    }

    /** The message of a run that looks at each step. */
    @Test
    void aRunEndsAtAStepThatIsNotFinite() throws IOException {
        RunConfig wild = SmallRuns.field().with(Map.of("lr", 1e30, "lr_decay", "constant"));
        RunDirectory directory = RunDirectory.create(wild.with("lr", 1), folder.resolve("runs"));
        TrainingLoop loop = new TrainingLoop(wild, directory, (step, loss) -> {}, device -> true);
        String message = assertThrows(ArithmeticException.class, loop::run).getMessage();
        assertTrue(message.startsWith("in step 2 the loss is "), message);
        assertTrue(message.contains("gradients are not finite: "), message);
    }

    /** An energy's chains begin where those of the step before have ended. */
    @Test
    void anEnergyDoesNot() throws IOException {
        try (Trained energy = new Trained(SmallRuns.energy())) {
            assertFalse(energy.trainer.runsAhead());
            assertTrue(Double.isFinite(energy.trainer.step(energy.batches::next, 1e-4)));
        }
    }

    @Test
    void theNextLookIsNeverPassed() {
        EpochSteps steps = new EpochSteps(20, 1, 9, List.of(20, 9, 100), 60);
        assertEquals(9, steps.untilLook(0));
        assertEquals(1, steps.untilLook(8));
        assertEquals(2, steps.untilLook(18));
        assertEquals(7, steps.untilLook(20));
        assertEquals(6, steps.untilLook(54));
    }

    /** On the device that is none, with its batches. */
    private final class Trained implements AutoCloseable {
        private final RunTrainer trainer;
        private final ImageBatches batches;

        private Trained(RunConfig config) throws IOException {
            ImageSet set = Recipe.data(config).train();
            trainer = new RunTrainer(config, set, manager, true);
            batches = new ImageBatches(set, config.batchSize(), config.seed(), config.flip()).on(manager);
        }

        private double[] oneByOne(double... rates) {
            return Arrays.stream(rates)
                    .map(rate -> trainer.step(batches::next, rate))
                    .toArray();
        }

        @Override
        public void close() {
            batches.close();
            trainer.close();
        }
    }

    /** Which steps a run has told, and whether it knew more than it told. */
    private static final class Told implements TrainingListener {
        private final RunDirectory directory;
        private final List<Long> steps = new ArrayList<>();
        private boolean isLate;

        private Told(RunDirectory directory) {
            this.directory = directory;
        }

        @Override
        public void step(long step, double loss) {
            steps.add(step);
            try {
                isLate |= BrokenRun.column(directory, "step").stream().anyMatch(logged -> logged > step);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
