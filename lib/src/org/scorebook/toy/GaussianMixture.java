package org.scorebook.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.scorebook.base.Require;
import org.scorebook.process.NoiseSchedule;

/**
 * A mixture of isotropic Gaussians, {@code p(x) = sum_k w_k N(x; mu_k, s_k^2 I)}: the one toy density whose diffused
 * versions are known exactly, since {@code x_t = alpha x_0 + sigma eps} is again such a mixture.
 *
 * <p>Points are rows of arrays of shape (B, D), in float32 or float64; results have the type of their input.
 */
public final class GaussianMixture {
    private final double[] weights;
    private final double[][] means;
    private final double[] deviations;

    /**
     * @param weights w_k, positive; scaled so that they add up to 1
     * @param means mu_k, all of one length D
     * @param deviations s_k, positive
     * @throws IllegalArgumentException if the numbers of components differ or a value is out of range
     */
    public GaussianMixture(double[] weights, double[][] means, double[] deviations) {
        Require.given("weights", weights);
        Require.given("means", means);
        Require.given("deviations", deviations);
        requireSameLength("means", means.length, weights.length);
        requireSameLength("deviations", deviations.length, weights.length);
        requirePositive("weights", weights);
        requirePositive("deviations", deviations);
        for (double[] mean : means) {
            if (mean.length != means[0].length
                    || mean.length == 0
                    || !Arrays.stream(mean).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "means must be finite and of one dimension, but are " + Arrays.deepToString(means));
            }
        }
        double total = Arrays.stream(weights).sum();
        this.weights = Arrays.stream(weights).map(w -> w / total).toArray();
        this.means = Arrays.stream(means).map(double[]::clone).toArray(double[][]::new);
        this.deviations = deviations.clone();
    }

    /**
     * Equal components in the plane, evenly spaced on a circle around the origin.
     *
     * @param count at least 1
     * @param radius of the circle, positive
     * @param deviation of each component, positive
     */
    public static GaussianMixture ring(int count, double radius, double deviation) {
        if (count < 1 || !(radius > 0)) {
            throw new IllegalArgumentException(
                    "count must be at least 1 and radius positive, but they are " + count + " and " + radius);
        }
        double[] ones = new double[count];
        double[] deviations = new double[count];
        double[][] means = new double[count][];
        Arrays.fill(ones, 1);
        Arrays.fill(deviations, deviation);
        Arrays.setAll(means, k ->
                new double[] {radius * Math.cos(2 * Math.PI * k / count), radius * Math.sin(2 * Math.PI * k / count)});
        return new GaussianMixture(ones, means, deviations);
    }

    /** The toy set "8 gaussians" of FFJORD (Grathwohl et al., 2019): radius 4 and deviation 0.5, both over the root of 2. */
    public static GaussianMixture eightGaussians() {
        return ring(8, 4 / Math.sqrt(2), 0.5 / Math.sqrt(2));
    }

    /** D, the number of coordinates of a point. */
    public int dimension() {
        return means[0].length;
    }

    /** The density of {@code x_t = alpha(t) x_0 + sigma(t) eps}: means scaled by alpha, variances alpha^2 s^2 + sigma^2. */
    public GaussianMixture diffused(NoiseSchedule schedule, double t) {
        double alpha = Require.given("schedule", schedule).alpha(t);
        double sigma = schedule.sigma(t);
        return new GaussianMixture(
                weights,
                Arrays.stream(means)
                        .map(mean -> Arrays.stream(mean).map(m -> alpha * m).toArray())
                        .toArray(double[][]::new),
                Arrays.stream(deviations).map(s -> Math.hypot(alpha * s, sigma)).toArray());
    }

    /** The whole process: density, score and denoiser at every time of a schedule. */
    public DiffusedMixture diffusing(NoiseSchedule schedule) {
        return new DiffusedMixture(this, schedule);
    }

    /** {@code log p(x)} for each row, of shape (B); finite also far from all means. */
    public NDArray logDensity(NDArray x) {
        return components(x).logDensity();
    }

    /** {@code p(x)} for each row, of shape (B). */
    public NDArray density(NDArray x) {
        return logDensity(x).exp();
    }

    /** {@code grad_x log p(x) = sum_k r_k(x) (mu_k - x) / s_k^2} with the responsibilities r_k, of shape (B, D). */
    public NDArray score(NDArray x) {
        return components(x).score();
    }

    private MixtureComponents components(NDArray x) {
        return new MixtureComponents(this, x, 1, 0);
    }

    /** Draws points of shape (n, D) in float32, from the engine's random numbers. */
    public NDArray sample(NDManager manager, int n) {
        Require.given("manager", manager);
        Require.atLeast("n", n, 1);
        NDArray chance = manager.randomUniform(0, 1, new Shape(n, 1));
        NDArray component = chance.gte(
                        column(manager, bounds(), DataType.FLOAT32).reshape(1, -1))
                .toType(DataType.INT32, false)
                .sum(new int[] {1});
        NDArray centres = matrix(manager, DataType.FLOAT32).get(component);
        NDArray widths =
                column(manager, deviations, DataType.FLOAT32).get(component).reshape(n, 1);
        return centres.add(manager.randomNormal(new Shape(n, dimension())).mul(widths));
    }

    /** The upper ends of all components' shares of [0, 1] but the last's. */
    private double[] bounds() {
        double[] sums = weights.clone();
        Arrays.parallelPrefix(sums, Double::sum);
        return Arrays.copyOf(sums, sums.length - 1);
    }

    /** w_k, of shape (1, K). */
    NDArray weights(NDArray like) {
        return column(like.getManager(), weights, like.getDataType()).reshape(1, -1);
    }

    /** mu_k, of shape (1, K, D). */
    NDArray means(NDArray like) {
        return matrix(like.getManager(), like.getDataType()).expandDims(0);
    }

    /** s_k^2, of shape (1, K). */
    NDArray variances(NDArray like) {
        double[] variances = Arrays.stream(deviations).map(s -> s * s).toArray();
        return column(like.getManager(), variances, like.getDataType()).reshape(1, -1);
    }

    private NDArray matrix(NDManager manager, DataType type) {
        double[] flat = Arrays.stream(means).flatMapToDouble(Arrays::stream).toArray();
        return column(manager, flat, type).reshape(means.length, dimension());
    }

    private static NDArray column(NDManager manager, double[] values, DataType type) {
        return manager.create(values).toType(type, false);
    }

    private static void requireSameLength(String name, int length, int expected) {
        if (length != expected || expected == 0) {
            throw new IllegalArgumentException(name + " must have one entry for each weight, of which there are "
                    + expected + ", but has " + length);
        }
    }

    private static void requirePositive(String name, double[] values) {
        if (!Arrays.stream(values).allMatch(v -> v > 0 && Double.isFinite(v))) {
            throw new IllegalArgumentException(
                    name + " must be positive and finite, but are " + Arrays.toString(values));
        }
    }
}
