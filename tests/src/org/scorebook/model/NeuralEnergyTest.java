package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;

class NeuralEnergyTest {
    @Seeded(3)
    private NDManager manager;

    @ParameterizedTest
    @MethodSource("org.scorebook.model.EnergyCase#networks")
    void energiesDependOnTheirOwnPointsOnly(EnergyCase network) {
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
    @MethodSource("org.scorebook.model.EnergyCase#networks")
    void scoresLeaveStoredGradientsAlone(EnergyCase network) {
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
    @MethodSource("org.scorebook.model.EnergyCase#networks")
    void nothingStaysBehind(EnergyCase network) {
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

    private void differentiate(NeuralEnergy energy, NDArray x) {
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(energy.energy(x).square().sum());
        }
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
        for (EnergyCase network : EnergyCase.networks().toList()) {
            NeuralEnergy energy = network.energy(manager, DataType.FLOAT32);
            NDArray none = manager.zeros(new Shape(0).addAll(network.point()));
            assertEquals(new Shape(0), energy.energy(none).getShape());
        }
    }

    @Test
    void numbersOfParameters() {
        NeuralEnergy energy = EnergyCase.mlp(Activation.SILU, 2, 128, 128).energy(manager, DataType.FLOAT32);
        assertEquals(2 * 128 + 128 + 128 * 128 + 128 + 128 + 1, energy.size());
        assertEquals(List.copyOf(energy.state().keySet()), energy.parameterNames());
        assertEquals("layers.0.weight", energy.parameterNames().get(0));
    }

    @Test
    void badArgumentsAreNamed() {
        NeuralEnergy energy =
                EnergyCase.net("", EnergyShape.of(1, 4, 2).withClasses(3)).energy(manager, DataType.FLOAT32);
        NDArray x = manager.zeros(new Shape(4, 1, 4, 4));
        NDArray flat = manager.zeros(new Shape(4, 16));
        assertEquals("x must have shape (B, 1, 4, 4), but has (4, 16)", message(() -> energy.energy(flat)));
        assertEquals(
                "labels must have shape (1) or (4), but have (2)",
                message(() -> energy.energy(x, manager.create(new long[] {0, 1}))));
        assertEquals(
                "labels must be from 0 to 2, or 3 for no class, but are from -1 to 4",
                message(() -> energy.energy(x, manager.create(new long[] {4, 0, -1, 1}))));
        assertEquals(
                "labels must be from 0 to 2, or 3 for no class, but are from -2 to -2",
                message(() -> energy.given(manager.create(new long[] {-2}))));
        assertEquals(
                "labels must be int64, but are float32: create them from a long[], or convert whole numbers with"
                        + " toType(DataType.INT64, false)",
                message(() -> energy.given(manager.create(new float[] {1.7f}))));
        assertEquals(
                "x must be float32, as the network's parameters are, but is float64: x.toType(DataType.FLOAT32, false)"
                        + " converts it",
                message(() -> energy.energy(manager.zeros(new Shape(4, 1, 4, 4), DataType.FLOAT64))));
        assertEquals(
                "hidden must be at least one positive number of units, but is []",
                message(() -> new EnergyMlp(Activation.SILU, 2)));
        assertEquals("dimension must be at least 1, but is 0", message(() -> new EnergyMlp(Activation.SILU, 0, 8)));
        assertEquals(
                "block must map points to energies (B) or (B, 1), or to logits (B, K), but gives (1, 2, 4, 4) for B = 1",
                message(() -> new NeuralEnergy(Conv.same(1, 2), manager, new Shape(1, 4, 4))));
    }
}
