package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.process.ContinuousSchedule;

/**
 * The forward process {@code dx = f(t) x dt + g(t) dw}, from data to noise, by Euler and Maruyama's method:
 * {@code x <- x + f x h + g sqrt(h) z}. Needs a grid with rising times, and no evaluation of a model.
 *
 * <p>Source: Song et al. (2021), eq. 5; Kloeden and Platen, Numerical Solution of Stochastic Differential Equations (1992),
 * section 10.2.
 */
public record ForwardSde() implements Sampler {
    @Override
    public NDArray step(NDArray x, Step step) {
        double h = Steps.rising(step);
        ContinuousSchedule process = step.process();
        return x.mul(1 + process.drift(step.time()) * h)
                .add(step.noise(x).mul(process.diffusion(step.time()) * Math.sqrt(h)));
    }
}
