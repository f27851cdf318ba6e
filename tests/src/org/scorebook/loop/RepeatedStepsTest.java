package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

/** Steps that a device repeats as graphs. Here a CPU does, so that all but the graphs themselves is as there. */
class RepeatedStepsTest {
    private static final double[] RATES = {1e-3, 3e-3, 2e-3, 1e-3, 5e-4, 2e-3, 1e-3};

    @TempDir
    Path folder;

    @Seeded(1)
    private NDManager manager;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theyAreTheSame(int accumulation) throws IOException {
        assertSame(SmallRuns.field().with("gradient_accumulation", accumulation));
    }

    /** Chains that go on from where those of the step before have ended, and norms of weights that are found on the way. */
    @Test
    void thoseOfAnEnergyAreTheSame() throws IOException {
        assertSame(SmallRuns.energy());
    }

    private void assertSame(RunConfig config) throws IOException {
        RepeatingCpu cpu = new RepeatingCpu(9);
        ImageSet set = Recipe.data(config).train();
        try (RunTrainer plain = new RunTrainer(config, set, manager, true);
                RunTrainer repeated = new RunTrainer(config, set, manager, true);
                ImageBatches batches = batches(config, set);
                ImageBatches others = batches(config, set)) {
            repeated.repeat(cpu);
            assertArrayEquals(steps(plain, batches), steps(repeated, others));
            assertEquals(plain.figures(), repeated.figures());
            SavedTrainers.assertSame(plain, repeated, folder);
            assertEquals("", repeated.graphObstacle());
            assertEquals(1, cpu.captures());
            assertEquals(RATES.length - 3, cpu.replays());
        }
        assertEquals(0, cpu.open());
    }

    private ImageBatches batches(RunConfig config, ImageSet set) {
        return new ImageBatches(set, config.batchSize(), config.seed(), config.flip()).on(manager);
    }

    private static double[] steps(RunTrainer trainer, ImageBatches batches) {
        return Arrays.stream(RATES)
                .map(rate -> trainer.step(batches::next, rate))
                .toArray();
    }

    @Test
    void whereNothingIsRecordedStepsAreTakenWithout() throws IOException {
        RunConfig config = SmallRuns.field();
        ImageSet set = Recipe.data(config).train();
        try (RunTrainer plain = new RunTrainer(config, set, manager, true);
                RunTrainer refused = new RunTrainer(config, set, manager, true);
                ImageBatches batches = batches(config, set);
                ImageBatches others = batches(config, set)) {
            refused.repeat(new RepeatingCpu(0));
            assertArrayEquals(steps(plain, batches), steps(refused, others));
            assertEquals("work number 1 is too much", refused.graphObstacle());
        }
    }

    @Test
    void aTrialFindsThatTheyAreTheSame() throws IOException {
        assertEquals(Optional.empty(), GraphTrial.fault(manager, "float32", new RepeatingCpu(1)));
    }

    @Test
    void aTrialFindsADeviceThatTakesWorkWhichItCannotRepeat() throws IOException {
        assertEquals(
                Optional.of("work that asks for a number was recorded all the same"),
                GraphTrial.fault(manager, "float32", new RepeatingCpu(2)));
    }

    @Test
    void aTrialFindsADeviceThatTakesNone() throws IOException {
        assertEquals(
                Optional.of("work number 1 is too much"), GraphTrial.fault(manager, "float32", new RepeatingCpu(0)));
    }

    /** Random numbers that are the same each time are what a graph would have that does not heed the seed. */
    @Test
    void aTrialFindsRandomNumbersThatAreNotThoseOfTheStep() throws IOException {
        RepeatingCpu stubborn = new RepeatingCpu(1) {
            @Override
            NDList repeated(Supplier<NDList> work) {
                manager.getEngine().setRandomSeed(5);
                return super.repeated(work);
            }
        };
        String fault = GraphTrial.fault(manager, "float32", stubborn).orElse("");
        assertTrue(fault.startsWith("the loss of a step that is repeated is "), fault);
    }

    /** A graph that is not done: its results are those of before, and no parameter moves. */
    @Test
    void aTrialFindsWorkThatIsNotDone() throws IOException {
        RepeatingCpu lazy = new RepeatingCpu(1) {
            private NDList first;

            @Override
            NDList repeated(Supplier<NDList> work) {
                first = first == null ? super.repeated(work) : first;
                return new NDList(first.stream().map(array -> array.duplicate()).toList());
            }
        };
        String fault = GraphTrial.fault(manager, "float32", lazy).orElse("");
        assertTrue(fault.startsWith("the loss of a step that is repeated is "), fault);
    }

    @Test
    void aRunSaysWhyItsStepsAreNotRepeated() throws IOException {
        assumeTrue(manager.getEngine().getGpuCount() == 0, "here is a GPU");
        RunConfig config = SmallRuns.field();
        RunDirectory directory = RunDirectory.create(config, folder.resolve("runs"));
        try (RunTrainer trainer = new RunTrainer(config, Recipe.data(config).train(), manager, true)) {
            StepGraphs graphs = new StepGraphs(trainer, directory);
            graphs.prepare(config, Device.gpu());
            graphs.look();
            trainer.repeat(new RepeatingCpu(0));
            try (ImageBatches batches = batches(config, Recipe.data(config).train())) {
                steps(trainer, batches);
            }
            graphs.look();
            graphs.look();
        }
        String log = Files.readString(directory.logFile());
        List<String> said = log.lines()
                .filter(line -> line.contains("CUDA graphs"))
                .map(line -> line.substring(line.indexOf("steps are")))
                .toList();
        String not = "steps are not repeated as CUDA graphs: ";
        assertEquals(
                List.of(not + "this process has loaded no libtorch_cuda.so", not + "work number 1 is too much"), said);
    }

    @Test
    void theLastLineOfAProgramIsItsAnswer() throws Exception {
        assertEquals("no", answer("0"));
        assertEquals("the process that tried them ended with exit code 134: no", answer("134"));
    }

    private static String answer(String argument) throws Exception {
        try (GraphProcess process = new GraphProcess(Answers.class, argument)) {
            Optional<String> answer = process.answer();
            while (answer.isEmpty()) {
                Thread.sleep(20);
                answer = process.answer();
            }
            return answer.get();
        }
    }

    /** Ends with the code that it is given. */
    static final class Answers {
        private Answers() {}

        public static void main(String[] arguments) {
            System.out.println("a warning\nno");
            System.exit(Integer.parseInt(arguments[0]));
        }
    }
}
