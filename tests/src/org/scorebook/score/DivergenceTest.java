package org.scorebook.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.aten.Torch;

/** Fields of points of any shape, whose divergence is known. */
class DivergenceTest {
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.manager(8);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** {@code v = x^3} has {@code div v = 3 |x|^2}; its Jacobian is diagonal, so that signs give that, too. */
    @ParameterizedTest
    @CsvSource({"1 5", "2 3", "2 1 2 1", "2 3 4 4", "3"})
    void ofCubes(String sides) {
        NDArray x = points(sides);
        double[] expected = rows(x).square().mul(3).sum(new int[] {1}).toDoubleArray();
        UnaryOperator<NDArray> cubes = y -> y.mul(y).mul(y);
        assertArrayEquals(expected, of(Divergence.exact(), cubes, x), 1e-12);
        assertArrayEquals(expected, of(Divergence.hutchinson(Noise.seeded(1)), cubes, x), 1e-12);
    }

    /** The turned picture: what moves along a coordinate comes from another one, but for those on the diagonal. */
    @ParameterizedTest
    @CsvSource({"2 1 2 2, 2", "2 3 4 4, 12", "2 1 5 5, 5"})
    void ofATranspose(String sides, double onTheDiagonal) {
        NDArray x = points(sides);
        double[] expected = {onTheDiagonal, onTheDiagonal};
        assertArrayEquals(expected, of(Divergence.exact(), y -> y.transpose(0, 1, 3, 2), x), 1e-12);
    }

    /** {@code e^T A e} over 20,000 copies of a point, within four standard errors: its variance is the square of A's symmetric part. */
    @Test
    void estimatesAreRightOnAverage() {
        int copies = 20_000;
        NDArray x = manager.zeros(new Shape(copies, 1, 2, 1), DataType.FLOAT64);
        NDArray a = manager.create(new double[] {1, 2, 0.5, -3}, new Shape(2, 2));
        UnaryOperator<NDArray> linear = y -> rows(y).matMul(a).reshape(y.getShape());
        double squares = 2.5 * 2.5; // of signs: (A_01 + A_10)^2
        double error = 4 * Math.sqrt(squares / copies);
        assertArrayEquals(new double[] {-2}, mean(of(Divergence.hutchinson(Noise.seeded(2)), linear, x)), error);
        error = 4 * Math.sqrt((squares + 2 * (1 + 9)) / copies); // of normals: and 2 A_ii^2
        assertArrayEquals(new double[] {-2}, mean(of(Divergence.gaussian(Noise.seeded(2)), linear, x)), error);
    }

    private static double[] mean(double[] values) {
        return new double[] {Arrays.stream(values).average().orElseThrow()};
    }

    private NDArray points(String sides) {
        long[] shape =
                Arrays.stream(sides.split(" ")).mapToLong(Long::parseLong).toArray();
        return manager.randomNormal(0, 1, new Shape(shape), DataType.FLOAT64);
    }

    private static NDArray rows(NDArray x) {
        return x.reshape(x.getShape().get(0), -1);
    }

    @SuppressWarnings("try") // the collector is only kept open
    private double[] of(Divergence divergence, UnaryOperator<NDArray> field, NDArray at) {
        Divergence.Trace estimate = divergence.along(at);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray x = at.duplicate();
            x.setRequiresGradient(true);
            return estimate.of(field.apply(x), x).toDoubleArray();
        }
    }
}
