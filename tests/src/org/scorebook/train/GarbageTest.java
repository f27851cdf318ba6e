package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;
import org.scorebook.aten.Functional;
import org.scorebook.aten.Torch;
import org.scorebook.model.Activation;
import org.scorebook.model.Classifier;
import org.scorebook.model.EnergyMlp;
import org.scorebook.model.EnergyNet;
import org.scorebook.model.EnergyShape;
import org.scorebook.model.Mlp;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.model.NoiseConditional;
import org.scorebook.model.SimpleUNet;
import org.scorebook.model.TimeNet;
import org.scorebook.model.UNet;
import org.scorebook.model.UNetShape;
import org.scorebook.optim.AdamW;
import org.scorebook.process.VpSchedule;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Guided;
import org.scorebook.score.Noise;
import org.scorebook.score.Parameterization;
import org.scorebook.score.ScoreFunction;
import org.scorebook.score.VectorField;
import org.scorebook.toy.GaussianMixture;
import org.scorebook.trace.GradientSteps;
import org.scorebook.trace.Recording;

/**
 * Gradients do not depend on when Java collects its garbage: between the computation and its gradient whatever memory may
 * be freed is freed, and filled with NaN.
 */
class GarbageTest {
    @Seeded(1)
    private NDManager manager;

    @ParameterizedTest
    @EnumSource
    void networks(Activation activation) {
        check(new NeuralField(Mlp.ofPointsAndTime(activation, 2, 8, 8), manager, new Shape(2)), plainLoss());
    }

    @Test
    void timeNet() {
        check(new NeuralField(new TimeNet(2, 8, 8), manager, new Shape(2)), plainLoss());
    }

    @Test
    void objectives() {
        for (Objective<VectorField> objective : List.of(
                new ImplicitScoreMatching(),
                new SlicedScoreMatching(),
                DenoisingScoreMatching.levels(0.1, 1),
                DenoisingScoreMatching.flow(),
                DenoisingScoreMatching.continuous(new VpSchedule(), 0.1))) {
            check(new NeuralField(Mlp.ofPointsAndTime(Activation.SILU, 2, 8), manager, new Shape(2)), objective);
        }
    }

    @Test
    void classifiers() {
        Classifier network = new Classifier(manager, 1, 3);
        NDArray images = manager.randomNormal(new Shape(6, 1, 8, 8));
        NDArray labels = manager.create(new long[] {0, 1, 2, 0, 1, 2});
        check(network.parameters(), () -> Functional.crossEntropy(network.logits(images), labels));
    }

    @Test
    void energies() {
        NDArray points = manager.randomNormal(new Shape(16, 2));
        NeuralEnergy mlp = new NeuralEnergy(new EnergyMlp(Activation.SILU, 2, 8, 8), manager, new Shape(2));
        check(mlp.parameters(), () -> mlp.energy(points).square().sum());
        NDArray images = manager.randomNormal(new Shape(3, 1, 8, 8));
        NDArray labels = manager.create(new long[] {0, 1, 2});
        EnergyShape shape = EnergyShape.of(1, 8, 2).withSpectralNorm().withClasses(3);
        NeuralEnergy net = new NeuralEnergy(new EnergyNet(shape), manager, new Shape(1, 8, 8));
        check(net.parameters(), () -> net.energy(images)
                .square()
                .sum()
                .add(net.energy(images, labels).sum()));
    }

    /** As in score matching, which differentiates the score. */
    @ParameterizedTest
    @EnumSource(names = {"SILU", "SOFTPLUS", "TANH"})
    void gradientsOfEnergies(Activation activation) {
        NDArray points = manager.randomNormal(new Shape(16, 2));
        points.setRequiresGradient(true);
        NeuralEnergy mlp = new NeuralEnergy(new EnergyMlp(activation, 2, 8, 8), manager, new Shape(2));
        List<NDArray> parameters = new ArrayList<>(mlp.parameters());
        parameters.remove(parameters.size() - 1); // the last bias does not change the score
        check(parameters, () -> Autograd.gradient(mlp.energy(points).sum(), points)
                .square()
                .sum());
    }

    @ParameterizedTest
    @EnumSource
    void scoresOfNetworks(Parameterization parameterization) {
        NeuralField field = new NeuralField(Mlp.ofPointsAndTime(Activation.SILU, 2, 8), manager, new Shape(2));
        check(new FieldDenoiser(field, parameterization, new VpSchedule()));
    }

    @Test
    void scoresOfMixtures() {
        check(GaussianMixture.eightGaussians().diffusing(new VpSchedule()));
    }

    @Test
    void networksOfImages() {
        UNetShape shape = UNetShape.of(1, 8, 8, 1, 2).withBlocks(1).withFilm();
        for (Block block : new Block[] {
            new SimpleUNet(1), new UNet(shape), NoiseConditional.unet(shape), NoiseConditional.mlp(1, 8, 16)
        }) {
            NeuralField field = new NeuralField(block, manager, new Shape(1, 8, 8));
            NDArray x = manager.randomNormal(new Shape(2, 1, 8, 8));
            NDArray t = manager.create(new float[] {0.5f, 2});
            check(field.parameters(), () -> field.at(x, t).square().sum());
        }
    }

    @Test
    void guidedNetworks() {
        UNetShape shape = UNetShape.of(1, 8, 8, 1, 2).withClasses(3);
        NeuralField field = new NeuralField(new UNet(shape), manager, new Shape(1, 8, 8));
        NDArray x = manager.randomNormal(new Shape(2, 1, 8, 8));
        NDArray t = manager.create(new float[] {20});
        Guided guided = new Guided(field, manager.create(new long[] {0, 2}), 3);
        check(field.parameters(), () -> guided.at(x, t).square().sum());
    }

    @Test
    void contrastiveDivergence() {
        checkEnergy(
                ContrastiveDivergence.fromData(EnergyLangevin.dynamics(0.1), 2).regularized(0.1));
    }

    @Test
    void scoreMatchingOfEnergies() {
        checkEnergy(Objective.scoreMatching(DenoisingScoreMatching.levels(0.1, 1)));
        checkEnergy(Objective.scoreMatching(new SlicedScoreMatching()));
    }

    /** Garbage is also collected between the energy and its gradient by the points. */
    private void checkEnergy(Objective<EnergyFunction> objective) {
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT32);
        NDArray data = manager.randomNormal(new Shape(16, 2));
        LossTerm<EnergyFunction> term = objective.prepare(energy, data, Noise.seeded(1), new SplittableRandom(1));
        boolean[] clean = {true};
        check(energy.parameters(), () -> {
            NDArray loss = term.of(x -> {
                NDArray value = energy.energy(x);
                if (!clean[0]) {
                    reuseMemory();
                }
                return value;
            });
            clean[0] = false;
            return loss;
        });
    }

    /** Between the writing down of a step and its native call. */
    @Test
    void stepsInOneCall() {
        NeuralField field = new NeuralField(new TimeNet(2, 8, 8), manager, new Shape(2));
        NDArray data = manager.randomNormal(new Shape(16, 2));
        LossTerm<VectorField> term = DenoisingScoreMatching.continuous(new VpSchedule(), 0.1)
                .prepare(field, data, Noise.seeded(1), new SplittableRandom(1));
        LossTerm<VectorField> weighted = f -> {
            NDArray loss = term.of(f);
            try (NDArray two = manager.create(2f)) { // closed before it is needed
                return loss.mul(two);
            }
        };
        List<NDArray> start =
                field.parameters().stream().map(NDArray::duplicate).toList();
        List<float[]> expected = stepped(field, trace -> weighted.of(field), start, () -> {});
        for (int i = 0; i < 3; i++) {
            List<float[]> found = stepped(field, trace -> weighted.of(field), start, GarbageTest::reuseMemory);
            for (int k = 0; k < expected.size(); k++) {
                assertArrayEquals(expected.get(k), found.get(k));
            }
        }
    }

    /** The chains of an energy among it, whose starts are closed meanwhile, and whose ends the call gives. */
    @Test
    void stepsOfEnergiesInOneCall() {
        NeuralEnergy energy = new NeuralEnergy(new EnergyMlp(Activation.SILU, 2, 8, 8), manager, new Shape(2));
        List<NDArray> start =
                energy.parameters().stream().map(NDArray::duplicate).toList();
        List<List<float[]>> results = new ArrayList<>();
        for (Runnable between : List.<Runnable>of(() -> {}, GarbageTest::reuseMemory, GarbageTest::reuseMemory)) {
            Shape point = new Shape(2);
            SplittableRandom random = new SplittableRandom(2);
            ReplayBuffer buffer = new ReplayBuffer(manager, point, 30, 0.1, ReplayBuffer.uniform(point, -1, 1), random);
            ContrastiveDivergence objective = ContrastiveDivergence.persistent(buffer, EnergyLangevin.dynamics(0.1), 3)
                    .regularized(0.1)
                    .dataNoise(0.1, -1, 1);
            manager.getEngine().setRandomSeed(1);
            List<float[]> found = new ArrayList<>(stepped(
                    energy,
                    trace -> {
                        try (NDManager arrays = manager.newSubManager()) {
                            NDArray data = arrays.ones(new Shape(16, 2));
                            return objective
                                    .begin(energy, data, Noise.engine(), random)
                                    .term(trace::known)
                                    .of(energy);
                        }
                    },
                    start,
                    between));
            found.add(buffer.state().get("points").toFloatArray());
            results.add(found);
        }
        for (int k = 0; k < results.get(0).size(); k++) {
            assertArrayEquals(results.get(0).get(k), results.get(1).get(k));
            assertArrayEquals(results.get(0).get(k), results.get(2).get(k));
        }
    }

    private List<float[]> stepped(
            Network field, Function<Recording, NDArray> formula, List<NDArray> start, Runnable between) {
        for (int i = 0; i < start.size(); i++) {
            Torch.copy(start.get(i), field.parameters().get(i));
        }
        AdamW optimizer = new AdamW(manager, field.parameters(), 0, 1);
        Recording trace = new Recording(manager, field.parameters());
        NDArray loss = field.traced(trace, () -> Torch.tracked(() -> formula.apply(trace)));
        GradientSteps steps = trace.gradients().plus(loss, 1);
        between.run();
        optimizer.step(steps, 0.01);
        return field.parameters().stream().map(NDArray::toFloatArray).toList();
    }

    private static Objective<VectorField> plainLoss() {
        return (model, data, noise, random) -> {
            NDArray t = data.getManager().ones(new Shape(1));
            return field -> field.at(data, t).square().sum();
        };
    }

    /** The gradient by all parameters, without and with garbage collected in between. */
    private void check(NeuralField field, Objective<VectorField> objective) {
        NDArray data = manager.randomNormal(new Shape(16, 2));
        LossTerm<VectorField> term = objective.prepare(field, data, Noise.seeded(1), new SplittableRandom(1));
        check(field.parameters(), () -> term.of(field));
    }

    private void check(List<NDArray> parameters, Supplier<NDArray> loss) {
        List<float[]> expected = gradients(parameters, loss, () -> {});
        for (int i = 0; i < 3; i++) {
            List<float[]> found = gradients(parameters, loss, GarbageTest::reuseMemory);
            for (int k = 0; k < expected.size(); k++) {
                assertArrayEquals(expected.get(k), found.get(k), 1e-6f);
            }
        }
    }

    private List<float[]> gradients(List<NDArray> parameters, Supplier<NDArray> formula, Runnable between) {
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray loss = formula.get();
            between.run();
            collector.backward(loss);
        }
        List<float[]> gradients = new ArrayList<>();
        for (NDArray p : parameters) {
            NDArray gradient = p.getGradient();
            gradients.add(gradient.toFloatArray());
            gradient.subi(gradient);
        }
        assertEquals(parameters.size(), gradients.size());
        return gradients;
    }

    /** The score's gradient by the points. */
    private void check(ScoreFunction model) {
        NDArray x = manager.randomNormal(new Shape(16, 2));
        x.setRequiresGradient(true);
        float[] expected = scoreGradient(model, x, () -> {});
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(expected, scoreGradient(model, x, GarbageTest::reuseMemory), 1e-5f);
        }
    }

    @SuppressWarnings("try") // the collector is only kept open
    private float[] scoreGradient(ScoreFunction model, NDArray x, Runnable between) {
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray sum = model.score(x, 0.5).square().sum();
            between.run();
            return Autograd.gradient(sum, x).toFloatArray();
        }
    }

    private static void reuseMemory() {
        for (int round = 0; round < 2; round++) {
            System.gc();
            pause();
            for (int i = 0; i < 3000; i++) {
                ByteBuffer small = ByteBuffer.allocateDirect(i % 2 == 0 ? 4 : 8);
                for (int k = 0; k < small.capacity(); k += 4) {
                    small.putFloat(k, Float.NaN);
                }
            }
        }
    }

    /** Memory is freed by another thread. */
    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
