package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.aten.Autograd;
import org.scorebook.aten.Torch;
import org.scorebook.score.EnergyFunction;

class NeuralEnergyTest {
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.manager(3);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** A block and the shape of its points; blocks have parameters in one network only. */
    record Case(String name, Supplier<Layer> block, Shape point) {
        /** With larger parameters than at the start, where the energy is almost the same everywhere. */
        NeuralEnergy energy(NDManager manager, DataType type) {
            NeuralEnergy energy = new NeuralEnergy(block.get(), manager, point, type);
            energy.parameters().forEach(p -> p.stopGradient().addi(manager.randomNormal(0, 0.2f, p.getShape(), type)));
            energy.iteratePower(15);
            return energy;
        }

        NDArray points(NDManager manager, DataType type) {
            return manager.randomNormal(0, 1, new Shape(5).addAll(point), type);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> networks() {
        EnergyShape images = EnergyShape.of(2, 12, 3);
        return Stream.of(
                mlp(Activation.SILU, 2, 16, 16),
                mlp(Activation.SOFTPLUS, 1, 16),
                mlp(Activation.TANH, 7, 8, 8, 8),
                net("plain", images),
                net("normalized", images.withSpectralNorm()),
                net("classes", images.withClasses(4)),
                net("normalized, classes", images.withClasses(4).withSpectralNorm()),
                tiny());
    }

    private static Case mlp(Activation activation, int dimension, int... hidden) {
        return new Case(
                activation.toString(), () -> new EnergyMlp(activation, dimension, hidden), new Shape(dimension));
    }

    private static Case net(String name, EnergyShape shape) {
        Shape point = new Shape(shape.channels(), shape.side(), shape.side());
        return new Case(name, () -> new EnergyNet(shape), point);
    }

    private static Case tiny() {
        return net("tiny", EnergyShape.of(1, 4, 1).withSpectralNorm().withClasses(2));
    }

    /** By each coordinate of each point, in double precision. */
    @ParameterizedTest
    @MethodSource("networks")
    void scoreIsMinusTheGradient(Case network) {
        NeuralEnergy energy = network.energy(manager, DataType.FLOAT64);
        NDArray x = network.points(manager, DataType.FLOAT64);
        double[] score = energy.score(x, 0).toDoubleArray();
        double[] expected = differences(x, () -> energy.energy(x).sum().getDouble());
        double size = size(expected);
        for (int i = 0; i < score.length; i++) {
            assertEquals(-expected[i], score[i], 1e-6 * size);
        }
        assertTrue(size > 1e-5, "the score is almost zero");
    }

    /** The same numbers as parameters in both. */
    @ParameterizedTest
    @MethodSource("networks")
    void singlePrecisionIsNearDouble(Case network) {
        NeuralEnergy single = network.energy(manager, DataType.FLOAT32);
        NeuralEnergy exact = network.energy(manager, DataType.FLOAT64);
        exact.load(single.state());
        NDArray x = network.points(manager, DataType.FLOAT32);
        NDArray same = x.toType(DataType.FLOAT64, true);
        assertNear(exact.energy(same), single.energy(x));
        assertNear(exact.score(same, 0), single.score(x, 0));
    }

    private static void assertNear(NDArray exact, NDArray single) {
        double[] expected = exact.toDoubleArray();
        float[] found = single.toFloatArray();
        for (int i = 0; i < found.length; i++) {
            assertEquals(expected[i], found[i], 1e-5 * size(expected));
        }
    }

    /** Along a random direction, which is also towards the gradient, so that the slope is not small by chance. */
    @ParameterizedTest
    @MethodSource("networks")
    void gradientsByParameters(Case network) {
        NeuralEnergy energy = network.energy(manager, DataType.FLOAT64);
        NDArray x = network.points(manager, DataType.FLOAT64);
        differentiate(energy, x);
        double slope = 0;
        NDArray[] directions = new NDArray[energy.parameters().size()];
        for (int i = 0; i < directions.length; i++) {
            NDArray g = energy.parameters().get(i).getGradient();
            NDArray random = manager.randomNormal(0, 1, g.getShape(), DataType.FLOAT64);
            directions[i] = g.add(random.mul(g.square().mean().sqrt()));
            slope += g.mul(directions[i]).sum().getDouble();
        }
        double h = 1e-5 / Math.sqrt(slope);
        double after = moved(energy, directions, h, x);
        double before = moved(energy, directions, -2 * h, x);
        assertEquals(1, (after - before) / (2 * h) / slope, 1e-6);
    }

    private static double moved(NeuralEnergy energy, NDArray[] directions, double h, NDArray x) {
        for (int i = 0; i < directions.length; i++) {
            energy.parameters().get(i).stopGradient().addi(directions[i].mul(h));
        }
        return energy.energy(x).square().sum().getDouble();
    }

    private void differentiate(NeuralEnergy energy, NDArray x) {
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(energy.energy(x).square().sum());
        }
    }

    /** By each number of each parameter. */
    @Test
    void allGradientsOfATinyNetwork() {
        NeuralEnergy energy = tiny().energy(manager, DataType.FLOAT64);
        NDArray x = tiny().points(manager, DataType.FLOAT64);
        differentiate(energy, x);
        double size = 0;
        for (NDArray p : energy.parameters()) {
            size = Math.max(size, size(p.getGradient().toDoubleArray()));
        }
        for (NDArray p : energy.parameters()) {
            double[] expected = differences(
                    p.stopGradient(), () -> energy.energy(x).square().sum().getDouble());
            assertArrayEquals(expected, p.getGradient().toDoubleArray(), 1e-6 * size);
        }
    }

    /** Central differences by each number of an array, which is changed for the time. */
    private double[] differences(NDArray array, Supplier<Double> function) {
        double[] numbers = array.toDoubleArray();
        double[] slopes = new double[numbers.length];
        double h = 1e-4;
        for (int i = 0; i < numbers.length; i++) {
            double[] moved = numbers.clone();
            moved[i] = numbers[i] + h;
            double after = with(array, moved, function);
            moved[i] = numbers[i] - h;
            slopes[i] = (after - with(array, moved, function)) / (2 * h);
        }
        with(array, numbers, function);
        return slopes;
    }

    private double with(NDArray array, double[] numbers, Supplier<Double> function) {
        try (NDArray values = manager.create(numbers, array.getShape())) {
            Torch.copy(values, array);
        }
        return function.get();
    }

    private static double size(double[] numbers) {
        return java.util.Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void energiesDependOnTheirOwnPointsOnly(Case network) {
        NeuralEnergy energy = network.energy(manager, DataType.FLOAT64);
        NDArray x = network.points(manager, DataType.FLOAT64);
        double[] together = energy.energy(x).toDoubleArray();
        NDArray scores = energy.score(x, 0);
        for (int i = 0; i < 5; i++) {
            NDArray alone = x.get(new NDIndex(i + ":" + (i + 1)));
            assertArrayEquals(new double[] {together[i]}, energy.energy(alone).toDoubleArray(), 1e-13);
            assertArrayEquals(
                    scores.get(i).toDoubleArray(), energy.score(alone, 0).toDoubleArray(), 1e-13);
        }
        assertEquals(new Shape(5), energy.energy(x).getShape());
        assertTrue(Math.abs(together[0] - together[1]) > 1e-6, "energies are almost equal");
    }

    /** Sampling while the parameters' gradients wait for the optimizer. */
    @ParameterizedTest
    @MethodSource("networks")
    void scoresLeaveStoredGradientsAlone(Case network) {
        NeuralEnergy energy = network.energy(manager, DataType.FLOAT32);
        NDArray x = network.points(manager, DataType.FLOAT32);
        differentiate(energy, x);
        List<float[]> before = gradients(energy);
        for (int i = 0; i < 3; i++) {
            x = x.add(energy.score(x, 0));
        }
        assertFalse(Autograd.isTracked(x));
        List<float[]> after = gradients(energy);
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), after.get(i));
        }
    }

    private static List<float[]> gradients(NeuralEnergy energy) {
        return energy.parameters().stream()
                .map(p -> p.getGradient().toFloatArray())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void nothingStaysBehind(Case network) {
        NeuralEnergy energy = network.energy(manager, DataType.FLOAT32);
        NDManager own = energy.parameters().get(0).getManager();
        energy.energy(network.points(manager, DataType.FLOAT32));
        int outside = manager.getManagedArrays().size();
        int inside = own.getManagedArrays().size();
        for (int i = 0; i < 3; i++) {
            try (NDManager arrays = manager.newSubManager()) {
                NDArray x = network.points(arrays, DataType.FLOAT32);
                energy.score(x, 0);
                differentiate(energy, x);
                energy.iteratePower(1);
            }
        }
        assertEquals(inside, own.getManagedArrays().size());
        assertEquals(outside, manager.getManagedArrays().size());
    }

    @Test
    void nothingStaysBehindWithLabels() {
        NeuralEnergy energy = net("", EnergyShape.of(1, 4, 2).withClasses(3)).energy(manager, DataType.FLOAT32);
        EnergyFunction given = energy.given(manager.create(new long[] {2, 0, 1, 2}));
        int arrays = manager.getManagedArrays().size();
        for (int i = 0; i < 3; i++) {
            try (NDManager own = manager.newSubManager()) {
                given.energy(given.gradient(own.randomNormal(new Shape(4, 1, 4, 4))));
            }
        }
        assertEquals(arrays, manager.getManagedArrays().size());
    }

    /** Grathwohl et al., eqs. 5 to 7, and Bayes' rule. */
    @Test
    void classesAndEnergies() {
        NeuralEnergy energy = net("", EnergyShape.of(1, 8, 4).withClasses(3)).energy(manager, DataType.FLOAT64);
        NDArray x = manager.randomNormal(0, 1, new Shape(4, 1, 8, 8), DataType.FLOAT64);
        double[] logits = energy.logits(x).toDoubleArray();
        double[] softmax = energy.logits(x).softmax(1).toDoubleArray();
        double[] all = energy.energy(x).toDoubleArray();
        for (int y = 0; y < 3; y++) {
            double[] one = energy.energy(x, manager.create(new long[] {y})).toDoubleArray();
            for (int i = 0; i < 4; i++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += Math.exp(logits[3 * i + k]);
                }
                assertEquals(-Math.log(sum), all[i], 1e-12);
                assertEquals(-logits[3 * i + y], one[i]);
                assertEquals(softmax[3 * i + y], Math.exp(all[i] - one[i]), 1e-12);
            }
        }
        assertEquals(3, energy.classes());
        assertTrue(softmax[0] < 0.99 && Math.abs(softmax[0] - softmax[1]) > 1e-3, "the classes differ");
    }

    /** Each point has its own label, or none, and the score of a class is minus the gradient of its energy. */
    @Test
    void labelsGoWithTheirPoints() {
        NeuralEnergy energy = net("", EnergyShape.of(1, 4, 2).withClasses(3)).energy(manager, DataType.FLOAT64);
        NDArray x = manager.randomNormal(0, 1, new Shape(4, 1, 4, 4), DataType.FLOAT64);
        long[] labels = {2, 0, 1, 3};
        EnergyFunction given = energy.given(manager.create(labels));
        double[] logits = energy.logits(x).toDoubleArray();
        double[] found = given.energy(x).toDoubleArray();
        for (int i = 0; i < 3; i++) {
            assertEquals(-logits[3 * i + (int) labels[i]], found[i]);
        }
        assertEquals(energy.energy(x).getDouble(3), found[3], "3 tells no class");
        double[] expected = differences(x, () -> given.energy(x).sum().getDouble());
        assertArrayEquals(expected, given.gradient(x).toDoubleArray(), 1e-6 * size(expected));
    }

    @Test
    void logitsMayBeLarge() {
        NeuralEnergy energy = net("", EnergyShape.of(1, 4, 2).withClasses(2)).energy(manager, DataType.FLOAT32);
        energy.state().get("head.bias").stopGradient().addi(1000);
        NDArray x = manager.randomNormal(new Shape(2, 1, 4, 4));
        assertEquals(-1000 - Math.log(2), energy.energy(x).getFloat(0), 1);
    }

    /** Any block with one output for each point. */
    @Test
    void blocksOfDjl() {
        Linear block = Linear.builder().setUnits(1).build();
        NeuralEnergy energy = new NeuralEnergy(block, manager, new Shape(3));
        NDArray x = manager.randomNormal(new Shape(4, 3));
        NDArray weight = energy.state().get("weight");
        float[] expected =
                x.matMul(weight.stopGradient().transpose()).reshape(4).toFloatArray();
        assertArrayEquals(expected, energy.energy(x).toFloatArray(), 1e-6f);
        assertEquals(0, energy.classes());
        assertEquals(block, energy.block());
        assertEquals(new Shape(3), energy.point());
    }

    @Test
    void noPointsHaveNoEnergies() {
        for (Case network : networks().toList()) {
            NeuralEnergy energy = network.energy(manager, DataType.FLOAT32);
            NDArray none = manager.zeros(new Shape(0).addAll(network.point()));
            assertEquals(new Shape(0), energy.energy(none).getShape());
        }
    }

    @Test
    void numbersOfParameters() {
        NeuralEnergy energy = mlp(Activation.SILU, 2, 128, 128).energy(manager, DataType.FLOAT32);
        assertEquals(2 * 128 + 128 + 128 * 128 + 128 + 128 + 1, energy.size());
        assertEquals(List.copyOf(energy.state().keySet()), energy.parameterNames());
        assertEquals("layers.0.weight", energy.parameterNames().get(0));
    }

    @Test
    void withoutClassesThereAreNoLogits() {
        NeuralEnergy energy = mlp(Activation.SILU, 2, 8).energy(manager, DataType.FLOAT32);
        NDArray x = manager.zeros(new Shape(4, 2));
        NDArray labels = manager.create(new long[] {0});
        String expected = "this network has no classes, so it has neither logits nor energies of labels: make it with"
                + " classes, as EnergyShape.withClasses does";
        for (Runnable call : List.<Runnable>of(() -> energy.logits(x), () -> energy.energy(x, labels))) {
            assertEquals(
                    expected,
                    assertThrows(IllegalStateException.class, call::run).getMessage());
        }
        assertEquals(0, energy.classes());
    }

    @Test
    void badArgumentsAreNamed() {
        NeuralEnergy energy = net("", EnergyShape.of(1, 4, 2).withClasses(3)).energy(manager, DataType.FLOAT32);
        NDArray x = manager.zeros(new Shape(4, 1, 4, 4));
        NDArray flat = manager.zeros(new Shape(4, 16));
        assertEquals("x must have shape (B, 1, 4, 4), but has (4, 16)", message(() -> energy.energy(flat)));
        assertEquals(
                "labels must have shape (1) or (4), but have (2)",
                message(() -> energy.energy(x, manager.create(new long[] {0, 1}))));
        assertEquals(
                "labels must be from 0 to 3, but are from -1 to 4",
                message(() -> energy.energy(x, manager.create(new long[] {4, 0, -1, 1}))));
        assertEquals(
                "hidden must be at least one positive number of units, but is []",
                message(() -> new EnergyMlp(Activation.SILU, 2)));
        assertEquals("dimension must be at least 1, but is 0", message(() -> new EnergyMlp(Activation.SILU, 0, 8)));
        assertEquals(
                "block must map points to energies (B) or (B, 1), or to logits (B, K), but gives (1, 2, 4, 4) for B = 1",
                message(() -> new NeuralEnergy(Conv.same(1, 2), manager, new Shape(1, 4, 4))));
    }

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
