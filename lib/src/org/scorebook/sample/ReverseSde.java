package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.process.ContinuousSchedule;

/**
 * The reverse process {@code dx = (f x - g^2 s(x, t)) dt + g dw}, from noise to data, by Euler and Maruyama's method:
 * {@code x <- x - (f x - g^2 s) h + g sqrt(h) z} with h = t - s, the time that is gone back. Weak order 1. The
 * strong order is 1 too, because g does not depend on x; for an SDE in general it is 1/2.
 *
 * <p>Source: Anderson, Reverse-Time Diffusion Equation Models (1982); Song et al. (2021), eq. 6; Kloeden and Platen (1992),
 * section 10.2.
 */
public record ReverseSde() implements Sampler {
    @Override
    public NDArray step(NDArray x, Step step) {
        double h = Steps.falling(step);
        ContinuousSchedule process = step.process();
        double g = process.diffusion(step.time());
        return x.mul(1 - process.drift(step.time()) * h)
                .add(step.score(x, step.time()).mul(g * g * h))
                .add(step.noise(x).mul(g * Math.sqrt(h)));
    }
}
