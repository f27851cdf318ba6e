package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.scorebook.base.Require;

/**
 * The number, mean and covariance of feature vectors, in double precision, added a batch at a time. Two sets are joined by
 *
 * <pre>delta = mean_b - mean_a,   mean = mean_a + delta n_b / n
 * S = S_a + S_b + delta delta^T n_a n_b / n,   covariance = S / (n - 1)</pre>
 *
 * which takes no difference of large numbers. How a set is cut up, and in which order its parts come, therefore changes the
 * result by rounding only: by less than 1e-12 of the largest entry.
 *
 * <p>Source: Chan, Golub, LeVeque, Algorithms for Computing the Sample Variance (1983), the pairwise
 * algorithm.
 */
public final class FeatureStatistics {
    private static final double ROUNDING = 1e-5;

    private final int dimension;
    private long count;
    private final double[] mean;
    private final double[] scatter;

    /**
     * Of no vectors yet.
     *
     * @param dimension D, at least 1
     */
    public FeatureStatistics(int dimension) {
        this(0, new double[square(dimension)], new double[dimension]);
    }

    private FeatureStatistics(long count, double[] scatter, double[] mean) {
        dimension = mean.length;
        this.count = count;
        this.mean = mean;
        this.scatter = scatter;
    }

    private static int square(int dimension) {
        Require.atLeast("dimension", dimension, 1);
        return Math.multiplyExact(dimension, dimension);
    }

    /** Of one set: an empty one with its vectors added. */
    public static FeatureStatistics of(NDArray features) {
        FinitePoints.requireRows("features", features, 1);
        FeatureStatistics statistics =
                new FeatureStatistics(Math.toIntExact(features.getShape().get(1)));
        statistics.add(features);
        return statistics;
    }

    /**
     * From what {@link #count}, {@link #mean} and {@link #covariance} gave, for instance in a file.
     *
     * @param covariance of length D^2, row by row, symmetric and with no variance below 0; for a count of 1 zero
     * @throws IllegalArgumentException if the sizes do not fit, a number is not finite, or the matrix is no covariance
     */
    public static FeatureStatistics of(long count, double[] mean, double[] covariance) {
        Require.given("mean", mean);
        Require.given("covariance", covariance);
        if (count < 1 || covariance.length != square(mean.length)) {
            throw new IllegalArgumentException(
                    "count must be at least 1 and covariance the square of mean in length, but" + " are " + count
                            + " and " + covariance.length + " for " + mean.length);
        }
        double sum = Arrays.stream(mean).sum() + Arrays.stream(covariance).sum();
        Require.finite("the sum of mean and covariance", sum);
        requireCovariance(covariance, mean.length);
        double[] scatter = Arrays.stream(covariance).map(v -> v * (count - 1)).toArray();
        return new FeatureStatistics(count, scatter, mean.clone());
    }

    /** {@code |c_ij| <= sqrt(c_ii c_jj)} and {@code c_ij = c_ji}, but for what a file in float32 loses of the largest variance. */
    private static void requireCovariance(double[] covariance, int d) {
        double largest = 0;
        for (int i = 0; i < d; i++) {
            largest = Math.max(largest, covariance[i * (d + 1)]);
        }
        double slack = ROUNDING * largest;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double bound = Math.sqrt(Math.max(0, covariance[i * (d + 1)]) * Math.max(0, covariance[j * (d + 1)]));
                double entry = covariance[i * d + j];
                if (Math.abs(entry) > bound + slack || Math.abs(entry - covariance[j * d + i]) > slack) {
                    throw new IllegalArgumentException("covariance must be symmetric, with variances of 0 or more and"
                            + " correlations from -1 to 1, but at (" + i + ", " + j + ") is " + entry + ", at (" + j
                            + ", " + i + ") " + covariance[j * d + i] + ", with the variances "
                            + covariance[i * (d + 1)] + " and " + covariance[j * (d + 1)]);
                }
            }
        }
    }

    /**
     * Adds vectors.
     *
     * @param features of shape (B, D), finite, on any device
     * @throws IllegalArgumentException if the shape is another or a number is not finite; nothing is added then
     */
    public void add(NDArray features) {
        FinitePoints.requireRows("features", features, 1);
        requireDimension(features.getShape().get(1));
        try (NDManager manager = features.getManager().newSubManager()) {
            NDArray x = FinitePoints.float64(features, manager);
            NDArray center = x.mean(new int[] {0});
            NDArray centered = x.sub(center);
            join(
                    features.getShape().get(0),
                    center.toDoubleArray(),
                    centered.transpose().matMul(centered).toDoubleArray());
        }
    }

    /** Adds all vectors of another set, which may be this one. */
    public void add(FeatureStatistics other) {
        requireDimension(Require.given("other", other).dimension);
        if (other.count > 0) {
            join(other.count, other.mean.clone(), other.scatter);
        }
    }

    private void requireDimension(long found) {
        if (found != dimension) {
            throw new IllegalArgumentException(
                    "features must have " + dimension + " numbers each, as those before, but have " + found);
        }
    }

    private void join(long otherCount, double[] otherMean, double[] otherScatter) {
        double total = (double) count + otherCount;
        double[] delta = new double[dimension];
        Arrays.setAll(delta, i -> otherMean[i] - mean[i]);
        for (int i = 0; i < dimension; i++) {
            double scaled = delta[i] * (count / total * otherCount);
            for (int j = 0; j < dimension; j++) {
                scatter[i * dimension + j] += otherScatter[i * dimension + j] + scaled * delta[j];
            }
            mean[i] += delta[i] * (otherCount / total);
        }
        count += otherCount;
    }

    /** D, the length of each vector. */
    public int dimension() {
        return dimension;
    }

    /** N, how many vectors were added. */
    public long count() {
        return count;
    }

    /** The mean vector, a copy. */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The unbiased covariance {@code 1/(N - 1) sum_i (x_i - mean)(x_i - mean)^T}, row by row, a copy; zero for one vector.
     */
    public double[] covariance() {
        double divisor = Math.max(1, count - 1);
        return Arrays.stream(scatter).map(v -> v / divisor).toArray();
    }
}
