package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.base.Require;
import org.scorebook.process.Transition;
import org.scorebook.score.Prediction;

/**
 * DDIM: {@code x_s = alpha_s x_0 + sqrt(sigma_s^2 - v) eps + sqrt(v) z} with the predicted x_0 and eps and
 * {@code v = eta^2 posteriorVariance}. With eta = 0 nothing is random after the start; with eta = 1 it is {@link Ddpm} with
 * the small variance. On the straight path of flow matching, eta = 0 is Euler's method.
 *
 * <p>Source: Song, Meng, Ermon (2021), eqs. 12 and 16.
 *
 * @param eta from 0 to 1
 */
public record Ddim(double eta) implements Sampler {
    public Ddim {
        Require.share("eta", eta);
    }

    @Override
    public NDArray step(NDArray x, Step step) {
        double alpha = step.schedule().alpha(step.next());
        double sigma = step.schedule().sigma(step.next());
        double added = eta
                * eta
                * Transition.between(step.schedule(), step.next(), step.time()).posteriorVariance();
        Prediction prediction = step.predict(x, step.time());
        NDArray mean = prediction.data().mul(alpha).add(prediction.noise().mul(Math.sqrt(sigma * sigma - added)));
        return added == 0 ? mean : mean.add(step.noise(x).mul(Math.sqrt(added)));
    }
}
