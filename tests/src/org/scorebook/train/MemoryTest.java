package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.scorebook.ResidentMemory;
import org.scorebook.Seeded;
import org.scorebook.model.Activation;
import org.scorebook.model.EnergyMlp;
import org.scorebook.model.Mlp;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.optim.AdamW;
import org.scorebook.process.EdmSchedule;
import org.scorebook.process.TimeGrid;
import org.scorebook.process.VpSchedule;
import org.scorebook.sample.AnnealedLangevin;
import org.scorebook.sample.DpmSolver;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.sample.HamiltonianMonteCarlo;
import org.scorebook.sample.PredictorCorrector;
import org.scorebook.sample.ReverseSde;
import org.scorebook.sample.Sampler;
import org.scorebook.sample.Samples;
import org.scorebook.sample.Sampling;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Noise;
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

    @Seeded(1)
    private NDManager manager;

    private NeuralField net;

    @BeforeEach
    void open() {
        net = new NeuralField(Mlp.ofPointsAndTime(Activation.SILU, 1, 2), manager, new Shape(1));
    }

    @Test
    void training() {
        NDArray data = manager.randomNormal(new Shape(100, 1));
        try (Trainer trainer = new Trainer(
                net, DenoisingScoreMatching.continuous(new VpSchedule(), 0.01), Batches.from(data), BATCH, 1)) {
            trainer.run(1000);
            Usage before = Usage.now();
            int arrays = manager.getManagedArrays().size();
            trainer.run(19_000);
            assertEquals(arrays, manager.getManagedArrays().size());
            before.assertFlat();
        }
    }

    @Test
    void trainingInOneCall() {
        NDArray data = manager.randomNormal(new Shape(100, 1));
        try (Trainer trainer = new Trainer(
                net, DenoisingScoreMatching.continuous(new VpSchedule(), 0.01), Batches.from(data), BATCH, 1)) {
            trainer.inOneCall().run(1000);
            assertEquals("", trainer.obstacle());
            Usage before = Usage.now();
            int arrays = manager.getManagedArrays().size();
            trainer.run(4_000);
            assertEquals(arrays, manager.getManagedArrays().size());
            before.assertFlat();
        }
    }

    /** One array of a batch that stayed behind in each of 3,000 steps would be 390 MB. */
    @Test
    void trainingOfEnergies() {
        Shape point = new Shape(8);
        QuadraticEnergy energy = new QuadraticEnergy(manager, 8, DataType.FLOAT32);
        SplittableRandom random = new SplittableRandom(1);
        ReplayBuffer buffer = new ReplayBuffer(manager, point, BATCH, 0.05, ReplayBuffer.uniform(point, -1, 1), random);
        AdamW optimizer = new AdamW(manager, energy.parameters(), 0, 1);
        Objective<EnergyFunction> langevin = ContrastiveDivergence.persistent(buffer, EnergyLangevin.forImages(), 1)
                .regularized(0.1)
                .dataNoise(0.1, -1, 1);
        Objective<EnergyFunction> exact =
                ContrastiveDivergence.persistent(buffer, new HamiltonianMonteCarlo(0.1, 1), 1);
        Objective<EnergyFunction> score = Objective.scoreMatching(DenoisingScoreMatching.levels(0.5));
        List<Objective<EnergyFunction>> objectives = List.of(langevin, exact, score);
        trainEnergy(energy, optimizer, objectives, 600, random);
        Usage before = Usage.now();
        int arrays = manager.getManagedArrays().size();
        trainEnergy(energy, optimizer, objectives, 3000, random);
        assertEquals(arrays, manager.getManagedArrays().size());
        before.assertFlat();
    }

    /** One array of a batch that stayed behind in each of 3,000 steps would be 390 MB. */
    @Test
    void trainingOfEnergiesInOneCall() {
        Shape point = new Shape(8);
        NeuralEnergy energy = new NeuralEnergy(new EnergyMlp(Activation.SILU, 8, 2), manager, point);
        ReplayBuffer buffer = new ReplayBuffer(
                manager, point, BATCH, 0.05, ReplayBuffer.uniform(point, -1, 1), new SplittableRandom(1));
        ContrastiveDivergence objective = ContrastiveDivergence.persistent(buffer, EnergyLangevin.forImages(), 2)
                .regularized(0.1)
                .dataNoise(0.1, -1, 1);
        NDArray data = manager.randomNormal(new Shape(100, 8));
        try (Trainer trainer = new Trainer(energy, objective, Batches.from(data), BATCH / 2, 1)) {
            trainer.inOneCall().run(600);
            assertEquals("", trainer.obstacle());
            Usage before = Usage.now();
            int arrays = manager.getManagedArrays().size();
            trainer.run(3000);
            assertEquals(arrays, manager.getManagedArrays().size());
            before.assertFlat();
        }
    }

    private void trainEnergy(
            QuadraticEnergy energy,
            AdamW optimizer,
            List<Objective<EnergyFunction>> objectives,
            int steps,
            SplittableRandom random) {
        for (int i = 0; i < steps; i++) {
            try (NDManager arrays = manager.newSubManager()) {
                NDArray data = arrays.randomNormal(new Shape(BATCH / 2, 8));
                Objective<EnergyFunction> objective = objectives.get(i % objectives.size());
                objective.prepare(energy, data, Noise.engine(), random).backward(energy, 1);
                optimizer.step(1e-3);
            }
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
        int[] evaluations = {0};
        Usage[] early = {null};
        VectorField watched = (x, t) -> {
            evaluations[0]++;
            if (evaluations[0] == 1000) {
                early[0] = Usage.now();
            } else if (evaluations[0] == 20_000) {
                early[0].assertFlat();
            }
            return net.at(x, t);
        };
        FieldDenoiser model = new FieldDenoiser(watched, Parameterization.SCORE, new EdmSchedule(1));
        new Sampling(model, new AnnealedLangevin(20_000, 1e-6), TimeGrid.of(1, 0))
                .run(manager.randomNormal(new Shape(BATCH, 1)))
                .close();
        assertEquals(20_000, evaluations[0]);
    }

    private void samplingStaysFlat(Sampler sampler, VpSchedule schedule) {
        FieldDenoiser model = new FieldDenoiser(net, Parameterization.NOISE, schedule);
        NDArray start = manager.randomNormal(new Shape(BATCH, 1));
        run(model, sampler, start, 1000);
        Usage before = Usage.now();
        int arrays = manager.getManagedArrays().size();
        run(model, sampler, start, 19_000);
        assertEquals(arrays, manager.getManagedArrays().size());
        before.assertFlat();
    }

    private static void run(FieldDenoiser model, Sampler sampler, NDArray start, int steps) {
        try (Samples samples = new Sampling(model, sampler, TimeGrid.uniform(1, 0.01, steps)).run(start)) {
            assertTrue(samples.evaluations() >= steps);
        }
    }

    /**
     * Memory in bytes.
     *
     * @param resident of the process
     * @param heap what Java's heap has reserved: part of it may not be resident, and it may grow and shrink meanwhile
     */
    private record Usage(long resident, long heap) {
        static Usage now() {
            return new Usage(ResidentMemory.bytes(), Runtime.getRuntime().totalMemory());
        }

        /** The lesser of two measures: a heap that grows spoils one, and a heap that is given back the other. */
        void assertFlat() {
            Usage now = now();
            long grown = now.resident - resident;
            long besideHeap = grown - (now.heap - heap);
            assertTrue(Math.min(grown, besideHeap) < BOUND, "grew by " + grown + ", and beside the heap " + besideHeap);
        }
    }
}
