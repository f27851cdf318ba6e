package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;
import org.scorebook.aten.Functional;
import org.scorebook.aten.Linalg;
import org.scorebook.optim.AdamW;
import org.scorebook.weights.Safetensors;

/** Sizes, names, and spectral normalization over a training. */
class EnergyNetTest {
    @Seeded(3)
    private NDManager manager;

    @Test
    void numbersOfParameters() {
        assertEquals(2_078_849, net(EnergyShape.large(3, 32)).size());
        assertEquals(130_305, net(EnergyShape.of(1, 28, 16)).size());
        long convolutions = 25 * 16 + 9 * (16 * 32 + 32 * 64 + 64 * 128) + 16 + 32 + 64 + 128;
        assertEquals(
                convolutions + 512 * 64 + 64 + 64 * 10 + 10,
                net(EnergyShape.of(1, 28, 16).withClasses(10)).size());
        assertEquals(130_305, net(EnergyShape.of(1, 28, 16).withSpectralNorm()).size(), "u and v are not trained");
        assertEquals(130_305, net(EnergyShape.of(1, 28, 16).withPooling()).size());
    }

    @Test
    void namesArePyTorchs() {
        NeuralEnergy energy = net(EnergyShape.of(1, 8, 2).withSpectralNorm());
        assertEquals(24, energy.state().size());
        assertEquals(12, energy.parameters().size());
        assertEquals(12, energy.parameterNames().size());
        assertEquals(
                List.of("convs.0.weight_orig", "convs.0.weight_u", "convs.0.weight_v", "convs.0.bias"),
                List.copyOf(energy.state().keySet()).subList(0, 4));
        assertEquals(
                List.of("dense.weight_orig", "dense.bias", "head.weight_orig", "head.bias"),
                energy.parameterNames().subList(8, 12));
        for (int i = 0; i < 12; i++) {
            assertEquals(
                    energy.state().get(energy.parameterNames().get(i)),
                    energy.parameters().get(i));
        }
        assertEquals(new Shape(25), energy.state().get("convs.0.weight_v").getShape());
        NeuralEnergy plain = net(EnergyShape.of(1, 8, 2));
        assertEquals(
                new TreeSet<>(plain.parameterNames()),
                new TreeSet<>(plain.state().keySet()));
        assertTrue(plain.state().containsKey("convs.0.weight"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 28, 32})
    void sides(int side) {
        EnergyShape strided = EnergyShape.of(2, side, 2).withClasses(3);
        for (EnergyShape shape : List.of(strided, strided.withPooling())) {
            NeuralEnergy energy = net(shape);
            NDArray x = manager.randomNormal(new Shape(5, 2, side, side));
            assertEquals(new Shape(5), energy.energy(x).getShape());
            assertEquals(new Shape(5, 3), energy.logits(x).getShape());
            assertEquals(x.getShape(), energy.gradient(x).getShape());
        }
    }

    /**
     * With strides, pixels in even rows and columns have more ways to the output than those in odd ones: before any training the
     * gradient by the image is a chequerboard.
     */
    @Test
    void poolingTreatsAllPixelsAlike() {
        EnergyShape strided = EnergyShape.of(1, 28, 16);
        double uneven = unevenness(strided);
        double even = unevenness(strided.withPooling());
        assertTrue(uneven > 1.8, "strided " + uneven);
        assertTrue(even < 1.25, "pooled " + even);
    }

    /** The mean squares of the gradient's components in even and odd rows and columns, the largest over the smallest. */
    private double unevenness(EnergyShape shape) {
        NDArray squares = manager.zeros(new Shape(14, 2, 14, 2));
        for (int i = 0; i < 4; i++) {
            NDArray gradient = net(shape).gradient(manager.randomUniform(-1, 1, new Shape(40, 1, 28, 28)));
            NDArray square = gradient.square().sum(new int[] {0});
            squares.addi(square.div(square.sum()).reshape(14, 2, 14, 2));
        }
        NDArray byParity = squares.get("2:12, :, 2:12").sum(new int[] {0, 2});
        return byParity.max().getFloat() / byParity.min().getFloat();
    }

    /** While weights change fast, one iteration a step lags behind; it catches up while the learning rate falls. */
    @Test
    void spectralNormKeepsUpWithTraining() {
        NeuralEnergy energy = net(EnergyShape.of(1, 12, 8).withSpectralNorm().withClasses(4));
        NDArray x = manager.randomNormal(new Shape(16, 1, 12, 12));
        NDArray labels = manager.create(new long[] {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3});
        AdamW optimizer = new AdamW(manager, energy.parameters(), 0, 1);
        assertNormalized(energy, 0.05);
        float[] before = energy.state().get("convs.1.weight_orig").toFloatArray();
        for (int step = 0; step < 100; step++) {
            energy.iteratePower(1);
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                collector.backward(Functional.crossEntropy(energy.logits(x), labels));
            }
            optimizer.step(5e-4 * (1 + Math.cos(Math.PI * step / 100)));
        }
        energy.iteratePower(1);
        assertNormalized(energy, 0.01);
        float[] after = energy.state().get("convs.1.weight_orig").toFloatArray();
        assertTrue(Math.abs(after[0] - before[0]) > 0.005, "the weight moves");
    }

    private static void assertNormalized(NeuralEnergy energy, double tolerance) {
        Map<String, NDArray> state = energy.state();
        state.forEach((name, w) -> {
            if (name.endsWith("weight_orig")) {
                NDArray matrix = w.stopGradient().reshape(w.getShape().get(0), -1);
                NDArray v = state.get(name.replace("orig", "v")).reshape(-1, 1);
                NDArray u = state.get(name.replace("orig", "u")).reshape(1, -1);
                double sigma = u.matMul(matrix).matMul(v).getFloat();
                double largest = Linalg.singularValues(matrix).get(0).getFloat();
                assertEquals(1, largest / sigma, tolerance, name);
            }
        });
    }

    /** What is computed with W is computed with W / sigma: any multiple of W is the same network. */
    @Test
    void weightsOfAnySizeAreTheSame() {
        NeuralEnergy energy = net(EnergyShape.of(1, 8, 4).withSpectralNorm());
        NDArray x = manager.randomNormal(new Shape(3, 1, 8, 8));
        float[] before = energy.energy(x).toFloatArray();
        energy.state().forEach((name, array) -> {
            if (name.endsWith("weight_orig")) {
                array.stopGradient().muli(7);
            }
        });
        assertArrayEquals(before, energy.energy(x).toFloatArray(), 1e-6f);
    }

    @Test
    void evaluatingChangesNothing() {
        NeuralEnergy energy = net(EnergyShape.of(1, 8, 4).withSpectralNorm());
        float[] u = energy.state().get("convs.1.weight_u").toFloatArray();
        NDArray x = manager.randomNormal(new Shape(3, 1, 8, 8));
        float[] first = energy.energy(x).toFloatArray();
        energy.gradient(x);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(energy.energy(x).sum());
        }
        assertArrayEquals(first, energy.energy(x).toFloatArray());
        assertArrayEquals(u, energy.state().get("convs.1.weight_u").toFloatArray());
        energy.iteratePower(1);
        assertFalse(Arrays.equals(u, energy.state().get("convs.1.weight_u").toFloatArray()));
    }

    @Test
    void vectorsAreSavedAndLoaded(@TempDir Path folder) throws Exception {
        EnergyShape shape = EnergyShape.of(1, 8, 4).withSpectralNorm();
        NeuralEnergy from = net(shape);
        NeuralEnergy to = net(shape);
        NDArray x = manager.randomNormal(new Shape(3, 1, 8, 8));
        Safetensors.write(folder.resolve("weights"), from.state());
        to.load(Safetensors.read(folder.resolve("weights"), manager));
        from.state()
                .forEach((name, array) -> assertArrayEquals(
                        array.toFloatArray(), to.state().get(name).toFloatArray(), name));
        assertArrayEquals(from.energy(x).toFloatArray(), to.energy(x).toFloatArray());
        NeuralEnergy plain = net(EnergyShape.of(1, 8, 4));
        assertThrows(IllegalArgumentException.class, () -> plain.load(from.state()));
    }

    @Test
    void badShapesAreNamed() {
        assertEquals("side must be positive and divisible by 4, but is 30", message(() -> EnergyShape.of(1, 30, 8)));
        assertEquals("side must be positive and divisible by 4, but is 0", message(() -> EnergyShape.of(1, 0, 8)));
        assertEquals("channels must be at least 1, but is 0", message(() -> EnergyShape.of(0, 28, 8)));
        assertEquals("base must be at least 1, but is 0", message(() -> EnergyShape.of(1, 28, 0)));
        assertEquals("classes must be at least 2, or 0 for none, but is 1", message(() -> EnergyShape.of(1, 28, 8)
                .withClasses(1)));
        EnergyNet block = new EnergyNet(EnergyShape.of(1, 28, 8));
        assertEquals(
                "the points of this network have shape (1, 28, 28), but are given as (1, 32, 32)",
                message(() -> new NeuralEnergy(block, manager, new Shape(1, 32, 32))));
        NeuralEnergy energy = net(EnergyShape.of(1, 8, 2));
        assertEquals("times must be at least 1, but is 0", message(() -> energy.iteratePower(0)));
    }

    private NeuralEnergy net(EnergyShape shape) {
        return new NeuralEnergy(new EnergyNet(shape), manager, new Shape(shape.channels(), shape.side(), shape.side()));
    }
}
