package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import org.scorebook.process.NoiseSchedule;

/**
 * What is known of the data behind a noisy point {@code x_t = alpha x_0 + sigma eps}: the mean of x_0 given x_t. The noise,
 * the score and the velocity follow from it, see {@link Prediction}.
 *
 * <p>Source: Efron, Tweedie's Formula and Selection Bias (2011), eq. 1.4; Karras et al. (2022), section 2.
 */
public interface Denoiser extends ScoreFunction {
    /** Says what alpha and sigma are at a time. */
    NoiseSchedule schedule();

    /**
     * {@code E[x_0 | x_t = x]}.
     *
     * @param x points at time t, of shape (B, ...)
     * @return of the shape of x
     */
    NDArray denoise(NDArray x, double t);

    /** One evaluation, in all parameterizations. */
    default Prediction predict(NDArray x, double t) {
        return new Prediction(x, denoise(x, t), schedule().alpha(t), schedule().sigma(t));
    }

    /** By Tweedie's formula, {@code (alpha D(x, t) - x) / sigma^2}; sigma must be above 0 at t. */
    @Override
    default NDArray score(NDArray x, double t) {
        return predict(x, t).score();
    }
}
