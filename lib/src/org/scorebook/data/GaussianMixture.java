package org.scorebook.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
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

    /** D, the number of coordinates of a point. */
    public int dimension() {
        return means[0].length;
    }

    /** The density of {@code x_t = alpha(t) x_0 + sigma(t) eps}: means scaled by alpha, variances alpha^2 s^2 + sigma^2. */
    public GaussianMixture diffused(NoiseSchedule schedule, double t) {
        double alpha = schedule.alpha(t);
        double sigma = schedule.sigma(t);
        return new GaussianMixture(
                weights,
                Arrays.stream(means)
                        .map(mean -> Arrays.stream(mean).map(m -> alpha * m).toArray())
                        .toArray(double[][]::new),
                Arrays.stream(deviations).map(s -> Math.hypot(alpha * s, sigma)).toArray());
    }

    /** {@code log p(x)} for each row, of shape (B); finite also far from all means. */
    public NDArray logDensity(NDArray x) {
        NDArray terms = logTerms(x);
        NDArray largest = terms.max(new int[] {1}, true);
        return terms.sub(largest).exp().sum(new int[] {1}).log().add(largest.squeeze(1));
    }

    /** {@code p(x)} for each row, of shape (B). */
    public NDArray density(NDArray x) {
        return logDensity(x).exp();
    }

    /** {@code grad_x log p(x) = sum_k r_k(x) (mu_k - x) / s_k^2} with the responsibilities r_k, of shape (B, D). */
    public NDArray score(NDArray x) {
        NDArray responsibilities = logTerms(x).softmax(1);
        NDManager manager = x.getManager();
        NDArray precision =
                column(manager, Arrays.stream(deviations).map(s -> 1 / (s * s)).toArray(), x.getDataType());
        NDArray pull = responsibilities.mul(precision.reshape(1, -1));
        NDArray centres = matrix(manager, x.getDataType());
        return pull.matMul(centres).sub(x.mul(pull.sum(new int[] {1}, true)));
    }

    /** The posterior mean {@code E[x_0 | x_t] = (x_t + sigma^2 score_t(x_t)) / alpha} (Tweedie's formula), of shape (B, D). */
    public NDArray denoise(NDArray xt, NoiseSchedule schedule, double t) {
        double alpha = schedule.alpha(t);
        double sigma = schedule.sigma(t);
        if (alpha == 0) {
            throw new IllegalArgumentException("t must be a time with alpha above 0, but is " + t);
        }
        return xt.add(diffused(schedule, t).score(xt).mul(sigma * sigma)).div(alpha);
    }

    /** Draws points of shape (n, D) in float32, from the engine's random numbers. */
    public NDArray sample(NDManager manager, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, but is " + n);
        }
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

    /** {@code log w_k + log N(x; mu_k, s_k^2 I)}, of shape (B, K). */
    private NDArray logTerms(NDArray x) {
        if (x.getShape().dimension() != 2 || x.getShape().get(1) != dimension()) {
            throw new IllegalArgumentException("x must have shape (B, " + dimension() + "), but has " + x.getShape());
        }
        NDList terms = new NDList();
        for (int k = 0; k < weights.length; k++) {
            NDArray mean = column(x.getManager(), means[k], x.getDataType()).reshape(1, -1);
            double variance = deviations[k] * deviations[k];
            double constant = Math.log(weights[k]) - dimension() / 2.0 * Math.log(2 * Math.PI * variance);
            terms.add(x.sub(mean).square().sum(new int[] {1}).div(-2 * variance).add(constant));
        }
        return NDArrays.stack(terms, 1);
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
