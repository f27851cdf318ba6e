package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;
import org.scorebook.base.Require;

/**
 * One evaluation of a denoiser at points {@code x = alpha x_0 + sigma eps}, in every form that formulas ask for. All forms
 * say the same: each follows from the data that is predicted and from x.
 *
 * @param x the noisy points
 * @param data the predicted x_0, of the shape of x
 * @param alpha the factor of the data in x
 * @param sigma the standard deviation of the noise in x
 */
public record Prediction(NDArray x, NDArray data, double alpha, double sigma) {
    public Prediction {
        ArrayChecks.sameShape("data", data, Require.given("x", x));
    }

    /** {@code eps = (x - alpha x_0) / sigma}; sigma must be above 0. */
    public NDArray noise() {
        return Autograd.times(x.sub(Autograd.times(data, alpha)), 1 / positiveSigma());
    }

    /** {@code score = (alpha x_0 - x) / sigma^2 = -eps / sigma}; sigma must be above 0. */
    public NDArray score() {
        return Autograd.times(Autograd.times(data, alpha).sub(x), 1 / (positiveSigma() * sigma));
    }

    /**
     * {@code v = alpha eps - sigma x_0}; sigma must be above 0.
     *
     * <p>Source: Salimans and Ho, Progressive Distillation (2022), section 4 and appendix D.
     */
    public NDArray velocity() {
        return Autograd.times(noise(), alpha).sub(Autograd.times(data, sigma));
    }

    /** The same points with the predicted data limited to a range; noise, score and velocity follow the limited data. */
    public Prediction clipped(double low, double high) {
        return new Prediction(x, data.clip(low, high), alpha, sigma);
    }

    private double positiveSigma() {
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("t must be a time with sigma above 0, where there is noise to tell from"
                    + " data, but sigma is " + sigma + ": let the time grid end or start a little away from there");
        }
        return sigma;
    }
}
