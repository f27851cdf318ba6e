package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;
import org.scorebook.aten.Linalg;

class FrechetDistanceTest {
    @Seeded(7)
    private NDManager manager;

    /** Covariances that commute: {@code |m_1 - m_2|^2 + sum_i (s_i - t_i)^2} with the deviations along common axes. */
    @Test
    void commutingCovariances() {
        double[] a = {1, 0, 0, 0, 4, 0, 0, 0, 0};
        double[] b = {9, 0, 0, 0, 1, 0, 0, 0, 0.25};
        double found = distance(gaussian(new double[] {1, 2, 3}, a), gaussian(new double[] {1, 0, 3.5}, b));
        assertEquals(4 + 0.25 + 4 + 1 + 0.25, found, 1e-13);
    }

    /** In two dimensions {@code tr M^(1/2) = (tr M + 2 (det M)^(1/2))^(1/2)}, here for {@code M = S_1 S_2}. */
    @Test
    void plane() {
        double[] a = {2, 0.5, 0.5, 1};
        double[] b = {1, -0.75, -0.75, 3};
        double trace = a[0] * b[0] + 2 * a[1] * b[1] + a[3] * b[3];
        double determinant = (a[0] * a[3] - a[1] * a[1]) * (b[0] * b[3] - b[1] * b[1]);
        double expected = 0.25 + 7 - 2 * Math.sqrt(trace + 2 * Math.sqrt(determinant));
        assertEquals(
                expected, distance(gaussian(new double[] {0, 0}, a), gaussian(new double[] {0.3, -0.4}, b)), 1e-13);
    }

    /** A A^T and B B^T, which do not commute; the expected value is mpmath's sqrtm with 40 digits. */
    @Test
    void fourDimensions() {
        double[] a = {2, -1, 0, 0.5, 0, 1, 3, -1, 1, 1, 0, 2, 0.5, 0, -1, 1};
        double[] b = {1, 0, 2, 0, -1, 3, 0, 1, 0, 1, 1, 1, 2, 0, 0.5, -1};
        double found = distance(
                gaussian(new double[] {1, 2, 3, 4}, gram(a, 4)), gaussian(new double[] {0, 2, 1, 4.5}, gram(b, 4)));
        assertEquals(12.503131294247827, found, 1e-12);
    }

    /** Two lines in 20 dimensions, and a line and full rank: {@code 2 (S_1 S_2)^(1/2)} has one eigenvalue. */
    @Test
    void singularCovariances() {
        double[] u = unit(20, 3);
        double[] v = unit(20, 4);
        double cosine = 0;
        for (int i = 0; i < 20; i++) {
            cosine += u[i] * v[i];
        }
        double[] zero = new double[20];
        double found = distance(gaussian(zero, outer(u, 4)), gaussian(zero, outer(v, 9)));
        assertEquals(4 + 9 - 2 * 6 * Math.abs(cosine), found, 1e-12);
        double[] identity = manager.eye(20).toType(DataType.FLOAT64, false).toDoubleArray();
        assertEquals(4 + 20 - 2 * 2, distance(gaussian(zero, outer(u, 4)), gaussian(zero, identity)), 1e-12);
        assertEquals(20, distance(gaussian(zero, new double[400]), gaussian(zero, identity)), 1e-12);
        assertEquals(0, distance(gaussian(zero, new double[400]), gaussian(zero, new double[400])));
    }

    /** With more vectors than features, and with fewer, where the covariance is singular. */
    @ParameterizedTest
    @ValueSource(ints = {20, 300})
    void aSetIsAtNoDistanceFromItself(int count) {
        FeatureStatistics set = FeatureStatistics.of(features(count, 50));
        double total = 0;
        for (int i = 0; i < 50; i++) {
            total += set.covariance()[51 * i];
        }
        assertEquals(0, distance(set, set), 1e-9 * total);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 300})
    void distanceIsSymmetricAndDoesNotTurn(int count) {
        NDArray x = features(count, 30);
        NDArray y = features(count, 30).mul(1.5).add(0.2);
        NDArray rotation = Linalg.symmetric(manager.randomNormal(0, 1, new Shape(30, 30), DataType.FLOAT64))
                .vectors();
        double there = distance(FeatureStatistics.of(x), FeatureStatistics.of(y));
        assertEquals(there, distance(FeatureStatistics.of(y), FeatureStatistics.of(x)), 1e-10 * there);
        double turned = distance(FeatureStatistics.of(x.matMul(rotation)), FeatureStatistics.of(y.matMul(rotation)));
        assertEquals(there, turned, 1e-10 * there);
        NDArray more = x.concat(manager.zeros(new Shape(count, 5), DataType.FLOAT64), 1);
        NDArray other = y.concat(manager.zeros(new Shape(count, 5), DataType.FLOAT64), 1);
        assertEquals(there, distance(FeatureStatistics.of(more), FeatureStatistics.of(other)), 1e-10 * there);
    }

    /** The mean over 40 sets of N = 10 D standard normal vectors: D / N for the mean, D (D + 1) / (4 N) for the covariance. */
    @Test
    void biasOfSmallSets() {
        FeatureStatistics truth = gaussian(
                new double[16], manager.eye(16).toType(DataType.FLOAT64, false).toDoubleArray());
        double mean = 0;
        for (int i = 0; i < 40; i++) {
            NDArray x = manager.randomNormal(new Shape(160, 16));
            mean += distance(FeatureStatistics.of(x), truth) / 40;
        }
        assertEquals(16 / 160.0 + 16 * 17 / 640.0, mean, 0.03);
        assertTrue(mean < 16 * 21 / 640.0 * 1.05, "the bound of FeatureDistance.warning is exceeded: " + mean);
    }

    @Test
    void smallSetsAreWarnedOf() {
        FeatureStatistics small = FeatureStatistics.of(features(39, 4));
        FeatureStatistics large = FeatureStatistics.of(features(40, 4));
        FeatureDistance distance = FeatureDistance.frechet(large, small, "classifier", "toy/test");
        assertEquals(
                "39 images are few for 4 features: the distance is too large by an amount that depends on the number, so"
                        + " compare it only with distances of as many images, and take 40 or more for one that stands alone.",
                distance.warning().orElseThrow());
        assertTrue(
                distance.toString().endsWith(" (N = 40 and 39, 4 features of classifier, against toy/test)"),
                distance.toString());
        assertTrue(FeatureDistance.frechet(large, large, "classifier", "toy/test")
                .warning()
                .isEmpty());
    }

    @Test
    void badArgumentsAreNamed() {
        FeatureStatistics one = FeatureStatistics.of(features(1, 4));
        FeatureStatistics other = FeatureStatistics.of(features(9, 3));
        assertEquals(
                "a and b must have at least 2 vectors of one length, but have 1 and 9 of lengths 4 and 3",
                message(() -> FrechetDistance.between(one, other)));
    }

    /** All correlations are possible by themselves, but no three numbers have them all: the eigenvalues are 1.9, 1.9, -0.8. */
    @Test
    void whatIsNoCovarianceIsRefused() {
        double[] impossible = {1, -0.9, -0.9, -0.9, 1, -0.9, -0.9, -0.9, 1};
        FeatureStatistics bad = gaussian(new double[3], impossible);
        String message = assertThrows(IllegalArgumentException.class, () -> FrechetDistance.between(bad, bad))
                .getMessage();
        assertTrue(
                message.startsWith("a covariance must have no eigenvalue below 0, but of a or b it has -0.8"), message);
    }

    private static double distance(FeatureStatistics a, FeatureStatistics b) {
        return FrechetDistance.between(a, b).value();
    }

    private static FeatureStatistics gaussian(double[] mean, double[] covariance) {
        return FeatureStatistics.of(1000, mean, covariance);
    }

    /** Correlated and of very different sizes. */
    private NDArray features(int count, int dimension) {
        NDArray mix = manager.randomNormal(0, 1, new Shape(dimension, dimension), DataType.FLOAT64);
        return manager.randomNormal(0, 1, new Shape(count, dimension), DataType.FLOAT64)
                .mul(manager.arange(dimension)
                        .toType(DataType.FLOAT64, false)
                        .div(-4)
                        .exp())
                .matMul(mix);
    }

    private double[] unit(int dimension, int seed) {
        double[] vector =
                new java.util.SplittableRandom(seed).doubles(dimension, -1, 1).toArray();
        double length = Math.sqrt(Arrays.stream(vector).map(v -> v * v).sum());
        return Arrays.stream(vector).map(v -> v / length).toArray();
    }

    private static double[] outer(double[] u, double variance) {
        double[] matrix = new double[u.length * u.length];
        Arrays.setAll(matrix, i -> variance * u[i / u.length] * u[i % u.length]);
        return matrix;
    }

    private static double[] gram(double[] a, int n) {
        double[] gram = new double[n * n];
        for (int i = 0; i < n * n * n; i++) {
            gram[i / n] += a[i / n / n * n + i % n] * a[i / n % n * n + i % n];
        }
        return gram;
    }
}
