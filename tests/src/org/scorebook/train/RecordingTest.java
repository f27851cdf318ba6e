package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;
import org.scorebook.aten.Functional;
import org.scorebook.aten.MixedPrecision;
import org.scorebook.aten.Recorded;
import org.scorebook.aten.Torch;
import org.scorebook.model.Activation;
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
import org.scorebook.score.ConditionalField;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Guided;
import org.scorebook.score.Noise;
import org.scorebook.trace.Recording;
import org.scorebook.trace.Untraceable;

/** What is written down computes what is done at once: the same operators in the same order, so the same bits. */
class RecordingTest {
    private static final Map<String, Block> POINTS = Map.of(
            "time-net", new TimeNet(2, 16, 16),
            "relu", Mlp.ofPointsAndTime(Activation.RELU, 2, 16),
            "silu", Mlp.ofPointsAndTime(Activation.SILU, 2, 16),
            "softplus", Mlp.ofPointsAndTime(Activation.SOFTPLUS, 2, 16),
            "tanh", Mlp.ofPointsAndTime(Activation.TANH, 2, 16));

    @Seeded(1)
    private NDManager manager;

    @ParameterizedTest
    @ValueSource(strings = {"time-net", "relu", "silu", "softplus", "tanh"})
    void networksOfPoints(String name) {
        check(new NeuralField(POINTS.get(name), manager, new Shape(2)));
    }

    @Test
    void networksOfImages() {
        check(new NeuralField(new SimpleUNet(3), manager, new Shape(3, 8, 8)));
        check(new NeuralField(new UNet(UNetShape.of(1, 8, 24, 1, 2)), manager, new Shape(1, 8, 8)));
        check(new NeuralField(NoiseConditional.mlp(1, 4, 16), manager, new Shape(1, 4, 4)));
        check(new NeuralField(NoiseConditional.unet(UNetShape.of(1, 8, 16, 1)), manager, new Shape(1, 8, 8)));
        UNetShape all = UNetShape.of(3, 8, 16, 1, 2)
                .withAttention(4)
                .withDropout(0.2)
                .withFilm()
                .withClasses(3);
        check(new NeuralField(new UNet(all), manager, new Shape(3, 8, 8)));
    }

    private void check(NeuralField field) {
        spread(field);
        NDArray x = manager.randomNormal(new Shape(4).addAll(field.point()));
        NDArray t = manager.create(new float[] {1, 2.5f, 10, 900});
        NDArray labels = manager.create(new long[] {0, 1, 2, 3});
        ConditionalField trained = field.training();
        checkValues(field, x, points -> field.classes() == 0 ? field.at(points, t) : field.at(points, t, labels));
        checkStep(field, trained, f -> (f.classes() == 0 ? f.at(x, t) : f.at(x, t, labels))
                .square()
                .mean());
    }

    /** Written down once for each precision. */
    @Test
    void mixedPrecision() {
        UNetShape shape = UNetShape.of(1, 8, 16, 1, 2).withAttention(4).withFilm();
        NeuralField field = new NeuralField(new UNet(shape), manager, new Shape(1, 8, 8));
        check(field);
        MixedPrecision.within(true, () -> {
            check(field);
            return field;
        });
        NDArray x = manager.randomNormal(new Shape(2, 1, 8, 8));
        NDArray t = manager.create(new float[] {5});
        float[] exact = written(field, x, t);
        float[] mixed = MixedPrecision.within(true, () -> written(field, x, t));
        assertArrayEquals(exact, written(field, x, t));
        assertFalse(Arrays.equals(exact, mixed));
    }

    private float[] written(NeuralField field, NDArray x, NDArray t) {
        Recording trace = new Recording(manager);
        NDArray value = field.traced(trace, () -> field.at(trace.known(x), t));
        return trace.run(value).get(0).toFloatArray();
    }

    @Test
    void guidance() {
        UNetShape shape = UNetShape.of(1, 8, 16, 1).withClasses(3);
        NeuralField field = new NeuralField(new UNet(shape), manager, new Shape(1, 8, 8));
        spread(field);
        NDArray labels = manager.create(new long[] {0, 2});
        for (double scale : new double[] {0, 1, 2.5}) {
            Guided guided = new Guided(field, labels, scale);
            NDArray t = manager.create(new float[] {5});
            checkValues(field, manager.randomNormal(new Shape(2, 1, 8, 8)), x -> guided.at(x, t));
        }
    }

    @Test
    void energies() {
        check(new NeuralEnergy(new EnergyMlp(Activation.SILU, 2, 16), manager, new Shape(2)));
        EnergyShape shape = EnergyShape.of(1, 12, 16);
        check(new NeuralEnergy(new EnergyNet(shape), manager, new Shape(1, 12, 12)));
        check(new NeuralEnergy(new EnergyNet(shape.withPooling()), manager, new Shape(1, 12, 12)));
        check(new NeuralEnergy(new EnergyNet(shape.withSpectralNorm().withClasses(3)), manager, new Shape(1, 12, 12)));
    }

    private void check(NeuralEnergy energy) {
        NDArray x = manager.randomNormal(new Shape(4).addAll(energy.point()));
        checkValues(energy, x, energy::energy);
        checkStep(energy, (EnergyFunction) energy, e -> e.energy(x).square().mean());
    }

    /** As the chain of an energy does it: nothing is differentiated by the parameters. */
    @Test
    void slopesOfEnergies() {
        NeuralEnergy energy = new NeuralEnergy(new EnergyMlp(Activation.SILU, 2, 16), manager, new Shape(2));
        NDArray x = manager.randomNormal(new Shape(4, 2));
        Recording trace = new Recording(manager);
        NDArray slope = Recording.tried(() -> energy.gradient(trace.known(x)));
        assertArrayEquals(
                energy.gradient(x).toFloatArray(), trace.run(slope).get(0).toFloatArray());
    }

    /** A loop, with the engine's random numbers in their order. */
    @Test
    void workThatIsRepeated() {
        NDArray x = manager.randomNormal(new Shape(30, 4));
        UnaryOperator<NDArray> work = y -> y.sin().add(Noise.engine().like(y).mul(0.1));
        manager.getEngine().setRandomSeed(5);
        NDArray expected = Noise.engine().like(x).add(x);
        for (int i = 0; i < 5; i++) {
            expected = work.apply(expected);
        }
        manager.getEngine().setRandomSeed(5);
        Recording trace = new Recording(manager);
        NDArray start =
                Recording.tried(() -> Noise.engine().like(trace.known(x)).add(x));
        NDArray written = Recording.tried(() -> ((Recorded) start).repeated(5, work));
        assertArrayEquals(expected.toFloatArray(), trace.run(written).get(0).toFloatArray(), 1e-6f);
    }

    /** What would be another number, another operation or another type in the second round. */
    @Test
    void workThatIsNotTheSameEachTimeIsRefused() {
        int[] calls = new int[1];
        NDArray x = manager.randomNormal(new Shape(3, 4));
        for (UnaryOperator<NDArray> work : List.<UnaryOperator<NDArray>>of(
                y -> y.mul(calls[0]++),
                y -> calls[0]++ % 2 == 0 ? y.sin() : y.cos(),
                y -> y.add(Noise.seeded(calls[0]++).like(y)),
                y -> y.toType(DataType.FLOAT64, false))) {
            Recording trace = new Recording(manager);
            assertThrows(Untraceable.class, () -> ((Recorded) trace.known(x)).repeated(5, work));
        }
    }

    /** Only the step of an optimizer can say afterwards whether it was taken. */
    @Test
    void numbersForLaterNeedAnOptimizer() {
        Recording trace = new Recording(manager);
        NDArray x = trace.known(manager.ones(new Shape(3)));
        assertThrows(Untraceable.class, () -> Recorded.whenKnown(x, numbers -> {}));
    }

    private void checkValues(Network network, NDArray x, UnaryOperator<NDArray> values) {
        float[] expected = values.apply(x).toFloatArray();
        for (float scale : new float[] {1, 2}) { // the second time the program is there
            Recording trace = new Recording(manager);
            NDArray given = x.mul(scale);
            NDArray written = network.traced(trace, () -> values.apply(trace.known(given)));
            float[] found = trace.run(written).get(0).toFloatArray();
            assertArrayEquals(scale == 1 ? expected : values.apply(given).toFloatArray(), found, 1e-5f);
        }
    }

    /** Twice from the same parameters, with clipping, weight decay and an average, and with the same dropout. */
    private <M> void checkStep(Network network, M model, LossTerm<M> term) {
        List<NDArray> start =
                network.parameters().stream().map(NDArray::duplicate).toList();
        AdamW stepwise = optimizer(network);
        manager.getEngine().setRandomSeed(5);
        double loss = term.backward(model, 0.5);
        double norm = stepwise.step(0.01);
        List<float[]> expected =
                network.parameters().stream().map(NDArray::toFloatArray).toList();
        for (int i = 0; i < start.size(); i++) {
            Torch.copy(start.get(i), network.parameters().get(i));
        }
        AdamW whole = optimizer(network);
        manager.getEngine().setRandomSeed(5);
        Recording trace = new Recording(manager, network.parameters());
        NDArray written = network.traced(trace, () -> Torch.tracked(() -> term.of(model)));
        AdamW.Taken taken = whole.step(trace.gradients().plus(written, 0.5), 0.01);
        assertEquals(loss / 2, taken.loss(), 1e-12 * Math.abs(loss));
        assertEquals(norm, taken.norm(), 1e-6 * norm);
        for (int i = 0; i < start.size(); i++) {
            String name = network.parameterNames().get(i);
            assertArrayEquals(expected.get(i), network.parameters().get(i).toFloatArray(), 1e-7f, name);
        }
        assertEquals(1, whole.steps());
    }

    private AdamW optimizer(Network network) {
        List<NDArray> averages =
                network.parameters().stream().map(NDArray::duplicate).toList();
        return new AdamW(manager, network.parameters(), 0.01, 1.0).averaging(averages, 0.9);
    }

    /** Layers that begin as zero would hide what is before them. */
    private void spread(Network network) {
        for (NDArray parameter : network.parameters()) {
            Torch.copy(manager.randomNormal(parameter.getShape()).mul(0.3f), parameter);
        }
    }

    /** Operations with which a learner may write a layer. */
    @Test
    void operations() {
        NDArray y = manager.randomUniform(0.5f, 1, new Shape(3, 4));
        List<UnaryOperator<NDArray>> operations = List.of(
                x -> x.add(y).sub(y.square()).mul(y).div(y),
                x -> x.add(1).sub(0.5).mul(3f).div(7),
                x -> x.pow(2).neg().exp().add(x.abs().sqrt()).log(),
                x -> x.sin().add(x.cos()).add(x.tanh()).add(x.erf()),
                x -> x.maximum(y).minimum(y.mul(2)).clip(-0.5, 0.75),
                x -> x.sum().add(x.mean()),
                x -> x.sum(new int[] {1}).add(x.mean(new int[] {1})),
                x -> x.sum(new int[] {0}, true).mul(x),
                x -> x.matMul(y.transpose(1, 0)),
                x -> x.reshape(4, 3).expandDims(1).broadcast(4, 2, 3),
                x -> x.split(2, 1).get(1).concat(x.split(new long[] {1}, 1).get(1), 1),
                x -> x.concat(y).stack(x.mul(2).concat(x)),
                x -> x.toType(DataType.FLOAT64, false).mul(2).toType(DataType.FLOAT32, false),
                x -> x.gather(x.getManager().create(new long[] {1, 0, 3}, new Shape(3, 1)), 1),
                x -> x.add(x.getManager().create(new double[] {1, 2, 3, 4}).toType(DataType.FLOAT32, false)),
                x -> x.zerosLike().add(x.onesLike()).add(x.duplicate().stopGradient()),
                Functional::silu);
        for (int i = 0; i < operations.size(); i++) {
            UnaryOperator<NDArray> operation = operations.get(i);
            NDArray x = manager.randomNormal(new Shape(3, 4));
            Recording trace = new Recording(manager);
            NDArray written = Recording.tried(() -> operation.apply(trace.known(x)));
            NDArray expected = operation.apply(x);
            assertEquals(expected.getShape(), written.getShape(), "operation " + i);
            assertEquals(expected.getDataType(), written.getDataType(), "operation " + i);
            assertArrayEquals(expected.toFloatArray(), trace.run(written).get(0).toFloatArray(), "operation " + i);
        }
    }

    @Test
    void whatAsksForNumbersIsRefused() {
        NDArray x = manager.randomNormal(new Shape(3, 4));
        for (UnaryOperator<NDArray> operation : List.<UnaryOperator<NDArray>>of(
                y -> y.mul(y.mean().getFloat()), y -> y.sort(), y -> y.get("0:2"), x::add)) {
            Recording trace = new Recording(manager);
            assertThrows(Untraceable.class, () -> Recording.tried(() -> operation.apply(trace.known(x))));
        }
    }

    /** An array that a step makes, or only looks at, is not kept beyond the step's manager. */
    @Test
    void nothingIsLeftBehind() {
        NDArray x = manager.randomNormal(new Shape(3, 4));
        int before = manager.getManagedArrays().size();
        try (NDManager step = manager.newSubManager()) {
            Recording trace = new Recording(step);
            NDArray result = trace.run(trace.known(x).mul(2).add(x)).get(0);
            assertTrue(step.getManagedArrays().contains(result));
        }
        assertEquals(before, manager.getManagedArrays().size());
    }
}
