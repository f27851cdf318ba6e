package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;

class SampleMetricsTest {
    @Seeded(11)
    private NDManager manager;

    @Test
    void discrepancyOfTwoPairsByHand() {
        NDArray a = manager.create(new float[][] {{0, 0}, {1, 0}});
        NDArray b = manager.create(new float[][] {{0, 2}, {0, 1}, {0, 2}});
        double h = 0.7;
        double within = kernel(1, h) + (1 + 2 * kernel(1, h)) / 3;
        double between = (2 * kernel(4, h) + kernel(1, h) + 2 * kernel(5, h) + kernel(2, h)) / 6;
        assertEquals(
                within - 2 * between, MaximumMeanDiscrepancy.squared(a, b, h).value(), 1e-12);
        assertEquals(
                "N = 2 and 3",
                MaximumMeanDiscrepancy.squared(a, b, h).toString().replaceAll(".*\\(|\\)", ""));
    }

    /**
     * Between {@code N(0, I)} and {@code N(m, s^2 I)} in D dimensions: the mean kernel of two Gaussians whose difference has
     * mean d and variance v is {@code (h^2 / (h^2 + v))^(D/2) exp(-|d|^2 / (2 (h^2 + v)))}.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void discrepancyOfGaussiansHasItsClosedForm(int dimension) {
        double h = 1.3;
        double s = 1.5;
        double shift = 0.4;
        double square = dimension * shift * shift;
        double expected = meanKernel(dimension, h, 2, 0)
                + meanKernel(dimension, h, 2 * s * s, 0)
                - 2 * meanKernel(dimension, h, 1 + s * s, square);
        assertMean(expected, () -> MaximumMeanDiscrepancy.squared(
                        gaussian(200, dimension),
                        gaussian(300, dimension).mul(s).add(shift),
                        h)
                .value());
    }

    @Test
    void discrepancyOfOneDistributionIsZeroInTheMean() {
        double[] found = assertMean(0, () -> MaximumMeanDiscrepancy.squared(gaussian(100, 2), gaussian(150, 2), 1)
                .value());
        long below = Arrays.stream(found).filter(v -> v < 0).count();
        assertTrue(below > 5 && below < 35, "below 0: " + below + " of 40");
    }

    @Test
    void medianIsThatOfAllPairs() {
        NDArray a = manager.create(new float[][] {{0}, {1}});
        assertEquals(3, MaximumMeanDiscrepancy.medianBandwidth(a, manager.create(new float[][] {{4}})));
        // distances 1, 3, 4, 6, 7, 10
        assertEquals(5, MaximumMeanDiscrepancy.medianBandwidth(a, manager.create(new float[][] {{4}, {-6}})), 1e-12);
        assertEquals(1, MaximumMeanDiscrepancy.medianBandwidth(a.get("0:1"), a.get("1:2")));
    }

    /** The difference of two points is Gaussian with variance 2 a coordinate, its length in the plane Rayleigh. */
    @Test
    void medianOfManyPointsIsThatOfTheDistribution() {
        double expected = Math.sqrt(2) * Math.sqrt(2 * Math.log(2));
        assertEquals(expected, MaximumMeanDiscrepancy.medianBandwidth(gaussian(3000, 2), gaussian(501, 2)), 0.1);
    }

    @Test
    void slicedDistanceOnTheLineIsTheExactOne() {
        NDArray a = gaussian(50, 1);
        NDArray b = gaussian(80, 1).add(0.3);
        double exact = Wasserstein.oneDimensional(a.toFloatArray(), b.toFloatArray());
        assertEquals(exact, SlicedWasserstein.between(a, b, 4, 9).value(), 1e-6);
    }

    /** {@code E |theta . d| = 2 / pi |d|} in the plane; one direction's deviation is sqrt(1/2 - 4/pi^2) |d|. */
    @Test
    void slicedDistanceOfAShiftedCopyIsItsMeanProjection() {
        NDArray a = gaussian(100, 2);
        NDArray b = a.add(manager.create(new float[] {3, -4}));
        Distance found = SlicedWasserstein.between(a, b, 2000, 1);
        double error = 5 * Math.sqrt(0.5 - 4 / (Math.PI * Math.PI)) / Math.sqrt(2000);
        assertEquals(2 / Math.PI * 5, found.value(), 4 * error);
        assertEquals(100, found.first());
        assertEquals(found, SlicedWasserstein.between(a, b, 2000, 1));
        assertNotEquals(found, SlicedWasserstein.between(a, b, 2000, 2));
        assertEquals(0, SlicedWasserstein.between(a, a, 10, 1).value());
    }

    @Test
    void pointsCountForTheirNearestCentre() {
        NDArray points = manager.create(new float[][] {{0, 0.1f}, {5, 5}, {4, 6}, {-1, 0}, {0, 1}});
        double[][] centres = {{0, 0}, {5, 5}, {100, 0}};
        assertArrayEquals(new double[] {0.6, 0.4, 0}, ModeWeights.nearest(points, centres));
        double[] shares = ModeWeights.nearest(gaussian(1000, 2), new double[][] {{-1, 0}, {1, 0}});
        assertEquals(1, shares[0] + shares[1], 1e-12);
        assertEquals(0.5, shares[0], 4 * Math.sqrt(0.25 / 1000));
    }

    @Test
    void badArgumentsAreNamed() {
        NDArray plane = gaussian(4, 2);
        NDArray one = gaussian(1, 2);
        assertEquals(
                "b must have shape (B, D) with B at least 2, but has (1, 2)",
                message(() -> MaximumMeanDiscrepancy.squared(plane, one, 1)));
        assertEquals(
                "bandwidth must be positive and finite, but is 0.0",
                message(() -> MaximumMeanDiscrepancy.squared(plane, plane, 0)));
        assertEquals(
                "a and b must have points that differ, but the median of their distances is 0.0",
                message(() -> MaximumMeanDiscrepancy.medianBandwidth(one, one)));
        assertEquals(
                "a and b must have one number of columns, but have shapes (4, 2) and (4, 3)",
                message(() -> SlicedWasserstein.between(plane, gaussian(4, 3), 1, 1)));
        assertEquals(
                "directions must be at least 1, but is 0", message(() -> SlicedWasserstein.between(plane, one, 0, 1)));
        assertEquals(
                "points must be finite, but its largest absolute value is NaN",
                message(() -> ModeWeights.nearest(plane.mul(Float.NaN), new double[][] {{0, 0}})));
        assertEquals(
                "centres must be at least one point of 2 finite numbers, but are [[0.0]]",
                message(() -> ModeWeights.nearest(plane, new double[][] {{0}})));
        assertEquals(
                "centres must be at least one point of 2 finite numbers, but are []",
                message(() -> ModeWeights.nearest(plane, new double[0][])));
    }

    /** The mean of 40 repetitions must be within four of its standard errors. */
    private static double[] assertMean(double expected, DoubleSupplier estimate) {
        double[] found = DoubleStream.generate(estimate).limit(40).toArray();
        double mean = Arrays.stream(found).average().orElseThrow();
        double variance = Arrays.stream(found).map(v -> (v - mean) * (v - mean)).sum() / 39;
        assertEquals(expected, mean, 4 * Math.sqrt(variance / 40));
        return found;
    }

    private static double kernel(double square, double h) {
        return Math.exp(-square / (2 * h * h));
    }

    private static double meanKernel(int dimension, double h, double variance, double square) {
        double width = h * h + variance;
        return Math.pow(h * h / width, dimension / 2.0) * Math.exp(-square / (2 * width));
    }

    private NDArray gaussian(int count, int dimension) {
        return manager.randomNormal(new Shape(count, dimension));
    }
}
