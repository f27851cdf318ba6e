package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.model.CentralDifferences;

/** In double precision. */
class SpectralNormTest {
    @Seeded(5)
    private NDManager manager;

    private NDArray weight;
    private NDArray u;
    private NDArray v;

    @BeforeEach
    void open() {
        weight = random(4, 3, 2, 2);
        u = unit(random(4));
        v = unit(random(12));
    }

    /** Against a decomposition by other means: sigma, and u and v up to a common sign. */
    @Test
    void iterationsFindTheLargestSingularValue() {
        SpectralNorm.iterate(weight, u, v, 500);
        SingularValueDecomposition exact = new SingularValueDecomposition(matrix(weight));
        double sigma = exact.getNorm();
        double[] found = SpectralNorm.normalized(weight, u, v).toDoubleArray();
        double[] expected = weight.div(sigma).toDoubleArray();
        assertArrayEquals(expected, found, 1e-12);
        assertEquals(1, Math.abs(exact.getU().getColumnVector(0).dotProduct(vector(u))), 1e-12);
        assertEquals(1, Math.abs(exact.getV().getColumnVector(0).dotProduct(vector(v))), 1e-12);
    }

    /** {@code v = W^T u / |W^T u|, u = W v / |W v|}. */
    @Test
    void oneIterationIsItsFormula() {
        NDArray matrix = weight.reshape(4, 12);
        NDArray right = unit(matrix.transpose().matMul(u.reshape(4, 1)).reshape(12));
        NDArray left = unit(matrix.matMul(right.reshape(12, 1)).reshape(4));
        SpectralNorm.iterate(weight, u, v, 1);
        assertArrayEquals(right.toDoubleArray(), v.toDoubleArray(), 1e-14);
        assertArrayEquals(left.toDoubleArray(), u.toDoubleArray(), 1e-14);
    }

    /** Miyato et al., eq. 12, with the vectors as constants, against central differences by each element of W. */
    @Test
    void gradient() {
        NDArray projection = random(4, 3, 2, 2);
        weight.setRequiresGradient(true);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(
                    SpectralNorm.normalized(weight, u, v).mul(projection).sum());
        }
        double[] expected =
                CentralDifferences.of(manager, weight.stopGradient(), () -> SpectralNorm.normalized(weight, u, v)
                        .mul(projection)
                        .sum()
                        .getDouble());
        assertArrayEquals(expected, weight.getGradient().toDoubleArray(), 1e-7 * CentralDifferences.size(expected));
    }

    /** Rather than give a gradient at other vectors than the loss had. */
    @Test
    void iteratingBetweenALossAndItsGradientIsRefused() {
        weight.setRequiresGradient(true);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray loss = SpectralNorm.normalized(weight, u, v).square().sum();
            SpectralNorm.iterate(weight, u, v, 1);
            assertThrows(EngineException.class, () -> collector.backward(loss));
        }
    }

    private NDArray random(long... shape) {
        return manager.randomNormal(0, 1, new Shape(shape), DataType.FLOAT64);
    }

    private static NDArray unit(NDArray vector) {
        return vector.div(vector.norm());
    }

    private static org.hipparchus.linear.RealVector vector(NDArray array) {
        return MatrixUtils.createRealVector(array.toDoubleArray());
    }

    private static RealMatrix matrix(NDArray weight) {
        double[] numbers = weight.toDoubleArray();
        RealMatrix matrix = MatrixUtils.createRealMatrix(4, 12);
        for (int i = 0; i < numbers.length; i++) {
            matrix.setEntry(i / 12, i % 12, numbers[i]);
        }
        return matrix;
    }
}
