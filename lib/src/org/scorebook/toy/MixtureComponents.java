package org.scorebook.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;
import org.scorebook.base.Require;

/**
 * What a mixture's components are to points {@code x = alpha x_0 + sigma eps}: component k has there the mean alpha mu_k and
 * the variance {@code v_k = alpha^2 s_k^2 + sigma^2}. Alpha and sigma may differ from row to row.
 */
final class MixtureComponents {
    private final GaussianMixture mixture;
    private final NDArray x;
    private final NDArray alpha;
    private final NDArray variances;
    private final NDArray pulls;
    private final NDArray logTerms;

    MixtureComponents(GaussianMixture mixture, NDArray x, double alpha, double sigma) {
        this(mixture, Require.given("x", x), column(x.getManager(), alpha, x), column(x.getManager(), sigma, x));
    }

    /**
     * @param x of shape (B, D)
     * @param alpha of shape (B, 1) or (1, 1)
     * @param sigma likewise
     */
    MixtureComponents(GaussianMixture mixture, NDArray x, NDArray alpha, NDArray sigma) {
        ArrayChecks.floating("x", x);
        int dimension = mixture.dimension();
        if (x.getShape().dimension() != 2 || x.getShape().get(1) != dimension) {
            throw new IllegalArgumentException("x must have shape (B, " + dimension + "), but has " + x.getShape());
        }
        this.mixture = mixture;
        this.x = x;
        this.alpha = alpha;
        variances = alpha.square().mul(mixture.variances(x)).add(sigma.square());
        pulls = mixture.means(x).mul(alpha.expandDims(2)).sub(x.expandDims(1));
        NDArray exponents = pulls.square().sum(new int[] {2}).div(variances);
        NDArray volumes = variances.mul(2 * Math.PI).log().mul(dimension);
        logTerms = mixture.weights(x).log().sub(Autograd.times(exponents.add(volumes), 0.5));
    }

    /** {@code log sum_k w_k N(x; alpha mu_k, v_k I)}, of shape (B). */
    NDArray logDensity() {
        NDArray largest = logTerms.max(new int[] {1}, true);
        return logTerms.sub(largest).exp().sum(new int[] {1}).log().add(largest.squeeze(1));
    }

    /** {@code sum_k r_k (alpha mu_k - x) / v_k}, of shape (B, D). */
    NDArray score() {
        return pulls.mul(logTerms.softmax(1).div(variances).expandDims(2)).sum(new int[] {1});
    }

    /**
     * The posterior mean {@code sum_k r_k (mu_k - alpha s_k^2 / v_k (alpha mu_k - x))}, of shape (B, D). Equal to Tweedie's
     * formula, and good also where alpha or sigma is 0.
     */
    NDArray denoised() {
        NDArray shrink = alpha.mul(mixture.variances(x)).div(variances).expandDims(2);
        return mixture.means(x)
                .sub(pulls.mul(shrink))
                .mul(logTerms.softmax(1).expandDims(2))
                .sum(new int[] {1});
    }

    private static NDArray column(NDManager manager, double value, NDArray like) {
        return manager.create(new double[] {value})
                .toType(like.getDataType(), false)
                .reshape(1, 1);
    }
}
