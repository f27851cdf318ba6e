package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.scorebook.aten.Torch;
import org.scorebook.model.Activation;
import org.scorebook.model.Mlp;
import org.scorebook.model.NeuralField;
import org.scorebook.process.EdmSchedule;
import org.scorebook.process.TimeGrid;
import org.scorebook.process.VpSchedule;
import org.scorebook.sample.AnnealedLangevin;
import org.scorebook.sample.DpmSolver;
import org.scorebook.sample.PredictorCorrector;
import org.scorebook.sample.ReverseSde;
import org.scorebook.sample.Sampler;
import org.scorebook.sample.Samples;
import org.scorebook.sample.Sampling;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Parameterization;
import org.scorebook.score.VectorField;

/**
 * The process's memory after 20,000 steps is what it was after 1,000. One array of the batch that stayed behind in each step
 * would be 620 MB.
 */
@EnabledOnOs(OS.LINUX)
class MemoryTest {
    private static final int BATCH = 8192;
    private static final long BOUND = 300_000_000;

    private NDManager manager;
    private NeuralField net;

    @BeforeEach
    void open() {
        manager = Torch.manager(1);
        net = new NeuralField(Mlp.ofPointsAndTime(Activation.SILU, 1, 2), manager, new Shape(1));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void training() {
        NDArray data = manager.randomNormal(new Shape(100, 1));
        try (Trainer trainer = new Trainer(
                net, DenoisingScoreMatching.continuous(new VpSchedule(), 0.01), Batches.from(data), BATCH, 1)) {
            trainer.run(1000);
            long before = used();
            int arrays = manager.getManagedArrays().size();
            trainer.run(19_000);
            assertEquals(arrays, manager.getManagedArrays().size());
            assertTrue(used() - before < BOUND, "grew by " + (used() - before));
        }
    }

    @Test
    void stochasticSampling() {
        samplingStaysFlat(new PredictorCorrector(new ReverseSde(), 1, 0.01), new VpSchedule());
    }

    /** With a memory of its own from step to step. */
    @Test
    void multistepSampling() {
        samplingStaysFlat(new DpmSolver(), new VpSchedule());
    }

    /** While the step goes on. */
    @Test
    void aStepOfManyEvaluations() {
        List<Long> use = new ArrayList<>();
        VectorField watched = (x, t) -> {
            use.add(used());
            return net.at(x, t);
        };
        FieldDenoiser model = new FieldDenoiser(watched, Parameterization.SCORE, new EdmSchedule(1));
        new Sampling(model, new AnnealedLangevin(20_000, 1e-6), TimeGrid.of(1, 0))
                .run(manager.randomNormal(new Shape(BATCH, 1)))
                .close();
        assertEquals(20_000, use.size());
        long growth = use.get(19_999) - use.get(1000);
        assertTrue(growth < BOUND, "grew by " + growth);
    }

    private void samplingStaysFlat(Sampler sampler, VpSchedule schedule) {
        FieldDenoiser model = new FieldDenoiser(net, Parameterization.NOISE, schedule);
        NDArray start = manager.randomNormal(new Shape(BATCH, 1));
        run(model, sampler, start, 1000);
        long before = used();
        int arrays = manager.getManagedArrays().size();
        run(model, sampler, start, 19_000);
        assertEquals(arrays, manager.getManagedArrays().size());
        assertTrue(used() - before < BOUND, "grew by " + (used() - before));
    }

    private static void run(FieldDenoiser model, Sampler sampler, NDArray start, int steps) {
        try (Samples samples = new Sampling(model, sampler, TimeGrid.uniform(1, 0.01, steps)).run(start)) {
            assertTrue(samples.evaluations() >= steps);
        }
    }

    /** Resident memory in bytes, without what the Java heap has. */
    private static long used() {
        try {
            String statm = Files.readString(Path.of("/proc/self/statm"));
            return Long.parseLong(statm.split(" ")[1]) * 4096
                    - Runtime.getRuntime().totalMemory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
