package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.score.EnergyFunction;

/** An energy that also classifies. */
class JointEnergyTest {
    @Seeded(3)
    private NDManager manager;

    @Test
    void nothingStaysBehindWithLabels() {
        NeuralEnergy energy =
                EnergyCase.net("", EnergyShape.of(1, 4, 2).withClasses(3)).energy(manager, DataType.FLOAT32);
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
        NeuralEnergy energy =
                EnergyCase.net("", EnergyShape.of(1, 8, 4).withClasses(3)).energy(manager, DataType.FLOAT64);
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
        NeuralEnergy energy =
                EnergyCase.net("", EnergyShape.of(1, 4, 2).withClasses(3)).energy(manager, DataType.FLOAT64);
        NDArray x = manager.randomNormal(0, 1, new Shape(4, 1, 4, 4), DataType.FLOAT64);
        long[] labels = {2, 0, 1, 3};
        EnergyFunction given = energy.given(manager.create(labels));
        double[] logits = energy.logits(x).toDoubleArray();
        double[] found = given.energy(x).toDoubleArray();
        for (int i = 0; i < 3; i++) {
            assertEquals(-logits[3 * i + (int) labels[i]], found[i]);
        }
        assertEquals(energy.energy(x).getDouble(3), found[3], "3 tells no class");
        double[] expected =
                CentralDifferences.of(manager, x, () -> given.energy(x).sum().getDouble());
        assertArrayEquals(expected, given.gradient(x).toDoubleArray(), 1e-6 * CentralDifferences.size(expected));
    }

    @Test
    void logitsMayBeLarge() {
        NeuralEnergy energy =
                EnergyCase.net("", EnergyShape.of(1, 4, 2).withClasses(2)).energy(manager, DataType.FLOAT32);
        energy.state().get("head.bias").stopGradient().addi(1000);
        NDArray x = manager.randomNormal(new Shape(2, 1, 4, 4));
        assertEquals(-1000 - Math.log(2), energy.energy(x).getFloat(0), 1);
    }

    @Test
    void withoutClassesThereAreNoLogits() {
        NeuralEnergy energy = EnergyCase.mlp(Activation.SILU, 2, 8).energy(manager, DataType.FLOAT32);
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
}
