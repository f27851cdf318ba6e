package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

class LinalgTest {
    @Seeded(5)
    private NDManager manager;

    @Test
    void eigenvaluesByHand() {
        Linalg.Eigen eigen = Linalg.symmetric(manager.create(new double[][] {{2, 99}, {1, 2}}));
        assertArrayEquals(new double[] {1, 3}, eigen.values().toDoubleArray(), 1e-14);
        double[] v = eigen.vectors().toDoubleArray();
        assertEquals(-v[0], v[2], 1e-14);
        assertEquals(v[1], v[3], 1e-14);
    }

    @Test
    void theFactorsMakeTheMatrix() {
        NDArray a = manager.randomNormal(0, 1, new Shape(30, 30), DataType.FLOAT64);
        NDArray symmetric = a.add(a.transpose());
        Linalg.Eigen eigen = Linalg.symmetric(symmetric);
        NDArray product =
                eigen.vectors().mul(eigen.values()).matMul(eigen.vectors().transpose());
        assertArrayEquals(symmetric.toDoubleArray(), product.toDoubleArray(), 1e-12);
    }

    /** The squares are the eigenvalues of {@code A^T A}. */
    @Test
    void singularValues() {
        NDArray a = manager.randomNormal(0, 1, new Shape(7, 4), DataType.FLOAT64);
        double[] values = Linalg.symmetric(a.transpose().matMul(a)).values().toDoubleArray();
        double[] found = Linalg.singularValues(a).toDoubleArray();
        assertEquals(4, found.length);
        for (int i = 0; i < 4; i++) {
            assertEquals(Math.sqrt(values[3 - i]), found[i], 1e-12);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        NDArray wide = manager.zeros(new Shape(2, 3));
        NDArray row = manager.zeros(new Shape(3));
        assertEquals("a must have shape (D, D), but has shape (2, 3)", message(() -> Linalg.symmetric(wide)));
        assertEquals(
                "a must have shape (M, N), none of them 0, but has shape (3)",
                message(() -> Linalg.singularValues(row)));
    }
}
