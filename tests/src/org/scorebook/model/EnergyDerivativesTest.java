package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.Seeded;
import org.scorebook.score.EnergyField;

/** Energies by points and by parameters, against central differences. */
class EnergyDerivativesTest {
    @Seeded(3)
    private NDManager manager;

    /** By each coordinate of each point, in double precision. */
    @ParameterizedTest
    @MethodSource("org.scorebook.model.EnergyCase#networks")
    void scoreIsMinusTheGradient(EnergyCase network) {
        NeuralEnergy energy = network.energy(manager, DataType.FLOAT64);
        NDArray x = network.points(manager, DataType.FLOAT64);
        double[] score = energy.score(x, 0).toDoubleArray();
        double[] expected =
                CentralDifferences.of(manager, x, () -> energy.energy(x).sum().getDouble());
        double size = CentralDifferences.size(expected);
        for (int i = 0; i < score.length; i++) {
            assertEquals(-expected[i], score[i], 1e-6 * size);
        }
        assertTrue(size > 1e-5, "the score is almost zero");
    }

    /** The same numbers as parameters in both. */
    @ParameterizedTest
    @MethodSource("org.scorebook.model.EnergyCase#networks")
    void singlePrecisionIsNearDouble(EnergyCase network) {
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
            assertEquals(expected[i], found[i], 1e-5 * CentralDifferences.size(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("org.scorebook.model.EnergyCase#networks")
    void gradientsByParameters(EnergyCase network) {
        NeuralEnergy energy = network.energy(manager, DataType.FLOAT64);
        NDArray x = network.points(manager, DataType.FLOAT64);
        CentralDifferences.assertSlope(
                energy.parameters(), () -> energy.energy(x).square().sum(), 1e-5, 1e-6);
    }

    /**
     * What score matching takes, where convolutions are as wide as none above; and for as many images as fill no block, which second
     * derivatives take for channels.
     */
    @ParameterizedTest
    @CsvSource({"128, 0", "8, 20", "24, 33"})
    void gradientsOfTheScoreInSinglePrecision(int width, int images) {
        EnergyCase network = EnergyCase.net("wide", EnergyShape.of(1, 8, width));
        NeuralEnergy single = new NeuralEnergy(network.block().get(), manager, network.point(), DataType.FLOAT32);
        NeuralEnergy exact = new NeuralEnergy(network.block().get(), manager, network.point(), DataType.FLOAT64);
        exact.load(single.state());
        NDArray x = images == 0
                ? network.points(manager, DataType.FLOAT32)
                : manager.randomNormal(new Shape(images).addAll(network.point()));
        List<double[]> expected = gradientsOfTheScore(exact, x.toType(DataType.FLOAT64, true));
        List<double[]> found = gradientsOfTheScore(single, x);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), 1e-4 * CentralDifferences.size(expected.get(i)));
        }
    }

    /** Of the score's squares, by parameters that these depend on. */
    private List<double[]> gradientsOfTheScore(NeuralEnergy energy, NDArray x) {
        x.setRequiresGradient(true);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray score = new EnergyField(energy).at(x, manager.zeros(new Shape(1)));
            collector.backward(score.square().sum());
        }
        return energy.parameters().stream()
                .map(p -> p.getGradient().toType(DataType.FLOAT64, true).toDoubleArray())
                .filter(g -> CentralDifferences.size(g) > 0)
                .toList();
    }

    /** By each number of each parameter. */
    @Test
    void allGradientsOfATinyNetwork() {
        NeuralEnergy energy = EnergyCase.tiny().energy(manager, DataType.FLOAT64);
        NDArray x = EnergyCase.tiny().points(manager, DataType.FLOAT64);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(energy.energy(x).square().sum());
        }
        double size = 0;
        for (NDArray p : energy.parameters()) {
            size = Math.max(size, CentralDifferences.size(p.getGradient().toDoubleArray()));
        }
        for (NDArray p : energy.parameters()) {
            double[] expected = CentralDifferences.of(
                    manager,
                    p.stopGradient(),
                    () -> energy.energy(x).square().sum().getDouble());
            assertArrayEquals(expected, p.getGradient().toDoubleArray(), 1e-6 * size);
        }
    }
}
