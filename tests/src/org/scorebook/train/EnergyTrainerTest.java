package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scorebook.aten.Torch;
import org.scorebook.model.EnergyNet;
import org.scorebook.model.EnergyShape;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.optim.AdamW;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;

/** Very small energies of images, with spectral normalization. */
class EnergyTrainerTest {
    private static final Shape IMAGE = new Shape(1, 8, 8);
    private static final int BATCH = 8;
    private static final int STEPS = 4;
    private static final Batches DATA = ReplayBuffer.uniform(IMAGE, -1, 0);

    private NDManager manager;
    private NeuralEnergy energy;
    private SplittableRandom random;

    @BeforeEach
    void open() {
        begin();
    }

    private void begin() {
        manager = Torch.manager(3);
        energy = new NeuralEnergy(new EnergyNet(EnergyShape.of(1, 8, 4).withSpectralNorm()), manager, IMAGE);
        random = new SplittableRandom(1);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private ContrastiveDivergence objective() {
        ReplayBuffer buffer = new ReplayBuffer(manager, IMAGE, 32, 0.05, ReplayBuffer.uniform(IMAGE, -1, 1), random);
        return ContrastiveDivergence.persistent(buffer, EnergyLangevin.forImages(), 3)
                .regularized(0.1)
                .dataNoise(0.03, -1, 1);
    }

    private List<float[]> numbers() {
        return energy.state().values().stream().map(NDArray::toFloatArray).toList();
    }

    /** One power iteration, one batch, its chains, one step of Adam: bit for bit as by hand. */
    @Test
    void aStepIsWhatOneWouldDoByHand() {
        List<float[]> start = numbers();
        List<Double> losses = new ArrayList<>();
        List<Double> seen = new ArrayList<>();
        ContrastiveDivergence objective = objective();
        AdamW optimizer = new AdamW(manager, energy.parameters(), 0, Double.POSITIVE_INFINITY);
        for (int i = 0; i < STEPS; i++) {
            energy.iteratePower(1);
            ContrastiveTerm term = objective.prepare(energy, DATA.next(manager, BATCH, random), Noise.engine(), random);
            losses.add(term.backward(energy, 1));
            seen.add(term.gap());
            seen.add(optimizer.step(0.01));
        }
        List<float[]> expected = numbers();
        manager.close();

        begin();
        List<Double> watched = new ArrayList<>();
        try (Trainer trainer = new Trainer(energy, energy, objective(), DATA, BATCH, random)) {
            double[] found = trainer.learningRate(LearningRate.constant(0.01))
                    .watch((step, energyGap, gradientNorm) -> {
                        watched.addAll(List.of(energyGap, gradientNorm));
                        return Optional.empty();
                    })
                    .run(STEPS);
            assertEquals(losses, Arrays.stream(found).boxed().toList());
        }
        assertEquals(seen, watched);
        List<float[]> end = numbers();
        for (int i = 0; i < end.size(); i++) {
            assertArrayEquals(expected.get(i), end.get(i));
            boolean isScalar = end.get(i).length == 1; // such as the singular vector of a weight with one row, always 1
            assertFalse(!isScalar && Arrays.equals(start.get(i), end.get(i)), "array " + i + " has not moved");
        }
    }

    /** The listener is told of the step whose size the watch does not like, and of none after it. */
    @Test
    void theAlarmOfAWatchEndsTheTraining() {
        StabilityWatch watch = new StabilityWatch(new StabilityWatch.Limits(4, 10, 0, 1e-9, 2));
        List<Long> told = new ArrayList<>();
        try (Trainer trainer = new Trainer(energy, objective(), DATA, BATCH, 1)) {
            trainer.listen((step, loss) -> told.add(step)).watch(watch);
            String message = assertThrows(ArithmeticException.class, () -> trainer.run(STEPS))
                    .getMessage();
            assertTrue(
                    message.matches("Training diverges: the energy gap is .* in step 2, too large for 2 steps .*"),
                    message);
        }
        assertEquals(List.of(1L, 2L), told);
    }

    /** Without chains there is no gap, and the gradient is watched alone. */
    @Test
    void scoreMatchingHasNoGap() {
        List<Double> gaps = new ArrayList<>();
        Objective<EnergyFunction> denoising = Objective.scoreMatching(DenoisingScoreMatching.levels(0.3));
        try (Trainer trainer = new Trainer(energy, denoising, DATA, BATCH, 1)) {
            trainer.watch((step, energyGap, gradientNorm) -> {
                        assertTrue(gradientNorm > 0);
                        gaps.add(energyGap);
                        return Optional.empty();
                    })
                    .run(2);
        }
        assertEquals(List.of(0.0, 0.0), gaps);
    }
}
