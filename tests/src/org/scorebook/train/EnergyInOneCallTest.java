package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.model.Activation;
import org.scorebook.model.EnergyMlp;
import org.scorebook.model.EnergyNet;
import org.scorebook.model.EnergyShape;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.sample.HamiltonianMonteCarlo;
import org.scorebook.sample.Langevin;
import org.scorebook.sample.Sampler;
import org.scorebook.score.EnergyFunction;

/** Contrastive divergence whose chains, loss and optimizer are one native call a step leaves behind what it does step by step. */
class EnergyInOneCallTest {
    private static final Shape PLANE = new Shape(2);
    private static final Shape IMAGE = new Shape(1, 12, 12);
    private static final Supplier<Block> MLP = () -> new EnergyMlp(Activation.SILU, 2, 16, 16);

    @Seeded(1)
    private NDManager manager;

    private ReplayBuffer buffer;

    /** What a training leaves behind, the ends of its chains in the buffer among it. */
    private record Trained(double[] losses, double[] gaps, List<float[]> parameters, float[] ends, String obstacle) {}

    private Trained train(
            Supplier<Block> block,
            Shape point,
            Function<ReplayBuffer, Objective<EnergyFunction>> objective,
            boolean stepwise) {
        Torch.manager(3).close();
        SplittableRandom random = new SplittableRandom(1);
        buffer = new ReplayBuffer(manager, point, 20, 0.1, ReplayBuffer.uniform(point, -1, 1), random);
        NeuralEnergy energy = new NeuralEnergy(block.get(), manager, point);
        NDArray points = manager.randomUniform(-1, 1, new Shape(20).addAll(point));
        List<Double> gaps = new ArrayList<>();
        try (Trainer trainer = new Trainer(energy, objective.apply(buffer), Batches.from(points), 8, 1)) {
            trainer.learningRate(LearningRate.constant(0.01)).watch((step, gap, norm) -> {
                gaps.add(gap);
                return Optional.empty();
            });
            double[] losses = (stepwise ? trainer : trainer.inOneCall()).run(4);
            return new Trained(losses, doubles(gaps), numbers(energy), ends(), trainer.obstacle());
        }
    }

    private static double[] doubles(List<Double> numbers) {
        return numbers.stream().mapToDouble(x -> x).toArray();
    }

    private static List<float[]> numbers(NeuralEnergy energy) {
        return energy.state().values().stream().map(NDArray::toFloatArray).toList();
    }

    private float[] ends() {
        return buffer.state().get("points").toFloatArray();
    }

    /** @return what stood in the way of one call, if anything */
    private String check(
            Supplier<Block> block, Shape point, Function<ReplayBuffer, Objective<EnergyFunction>> objective) {
        Trained stepwise = train(block, point, objective, true);
        Trained whole = train(block, point, objective, false);
        assertArrayEquals(stepwise.losses, whole.losses, 1e-6);
        assertArrayEquals(stepwise.gaps, whole.gaps, 1e-6);
        assertArrayEquals(stepwise.ends, whole.ends, 1e-6f);
        for (int i = 0; i < whole.parameters.size(); i++) {
            assertArrayEquals(stepwise.parameters.get(i), whole.parameters.get(i), 1e-6f);
        }
        return whole.obstacle;
    }

    private static Function<ReplayBuffer, Objective<EnergyFunction>> images() {
        return chains -> ContrastiveDivergence.persistent(chains, EnergyLangevin.forImages(), 7)
                .regularized(0.1)
                .dataNoise(0.03, -1, 1);
    }

    private static Function<ReplayBuffer, Objective<EnergyFunction>> points(Sampler chain) {
        return chains -> ContrastiveDivergence.persistent(chains, chain, 5);
    }

    @Test
    void networks() {
        EnergyShape shape = EnergyShape.of(1, 12, 16);
        assertEquals("", check(MLP, PLANE, points(EnergyLangevin.dynamics(0.01))));
        assertEquals("", check(() -> new EnergyNet(shape.withSpectralNorm()), IMAGE, images()));
        assertEquals("", check(() -> new EnergyNet(shape.withPooling().withClasses(3)), IMAGE, images()));
    }

    @Test
    void starts() {
        EnergyLangevin chain = EnergyLangevin.dynamics(0.01);
        assertEquals("", check(MLP, PLANE, chains -> ContrastiveDivergence.fromData(chain, 3)));
        Batches fresh = ReplayBuffer.uniform(PLANE, -1, 1);
        assertEquals("", check(MLP, PLANE, chains -> ContrastiveDivergence.fromNoise(fresh, chain, 3)
                .dataNoise(0.1, -1, 1)));
    }

    /** A chain of another method; one of a learner; and one that asks whether a move is accepted. */
    @Test
    void chains() {
        assertEquals("", check(MLP, PLANE, points(new Langevin(0.01))));
        assertEquals(
                "", check(MLP, PLANE, points((x, step) -> x.add(step.noise(x).mul(0.1)))));
        assertFalse(check(MLP, PLANE, points(new HamiltonianMonteCarlo(0.1, 2))).isEmpty());
    }

    /** Where a part of the energy is no array yet when the step is written down, all random numbers are those of a step by step. */
    @Test
    void scoreMatching() {
        check(MLP, PLANE, chains -> Objective.scoreMatching(DenoisingScoreMatching.levels(0.3)));
    }

    /** Also where loss and gradients are finite at points that are not. */
    @Test
    void aChainThatIsNotFiniteChangesNothing() {
        Shape point = new Shape(1);
        NeuralEnergy energy = new NeuralEnergy(new EnergyMlp(Activation.SILU, 1, 4), manager, point);
        buffer = new ReplayBuffer(manager, point, 20, 0, ReplayBuffer.uniform(point, -1, 1), new SplittableRandom(1));
        Sampler chain = (x, step) -> x.add(step.score(x, 0)).mul(3e38).mul(3e38);
        ContrastiveDivergence objective = ContrastiveDivergence.persistent(buffer, chain, 1);
        Batches data = Batches.from(manager.ones(new Shape(4, 1)));
        List<float[]> start = numbers(energy);
        float[] before = ends();
        for (EnergyFunction model : List.<EnergyFunction>of(energy, x -> energy.energy(x.clip(-1, 1)))) {
            try (Trainer trainer = new Trainer(energy, model, objective, data, 4, new SplittableRandom(1))) {
                String message = assertThrows(ArithmeticException.class, () -> trainer.inOneCall()
                                .run(1))
                        .getMessage();
                assertEquals(
                        "the points did not stay finite over 1 steps: take smaller steps, or clip the predicted data",
                        message);
                assertEquals("", trainer.obstacle());
            }
            assertArrayEquals(before, ends());
            List<float[]> end = numbers(energy);
            for (int i = 0; i < end.size(); i++) {
                assertArrayEquals(start.get(i), end.get(i));
            }
        }
    }

    @Test
    void aLossThatIsNotFiniteIsTheSameError() {
        List<String> messages = new ArrayList<>();
        for (boolean stepwise : new boolean[] {true, false}) {
            Batches data = (m, n, random) -> m.full(new Shape(n, 2), Float.NaN);
            NeuralEnergy energy = new NeuralEnergy(MLP.get(), manager, PLANE);
            Batches fresh = ReplayBuffer.uniform(PLANE, -1, 1);
            ContrastiveDivergence objective = ContrastiveDivergence.fromNoise(fresh, EnergyLangevin.dynamics(0.01), 3);
            try (Trainer trainer = new Trainer(energy, objective, data, 8, 1)) {
                messages.add(
                        assertThrows(ArithmeticException.class, () -> (stepwise ? trainer : trainer.inOneCall()).run(3))
                                .getMessage());
            }
        }
        assertEquals(messages.get(0), messages.get(1));
    }
}
