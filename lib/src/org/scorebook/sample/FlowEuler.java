package org.scorebook.sample;

import ai.djl.ndarray.NDArray;

/**
 * The probability-flow ODE {@code dx/dt = f(t) x - g(t)^2 s(x, t) / 2}, whose solutions have the density p_t at every time
 * without any randomness, by Euler's method. Runs either way: with falling times from noise to data, with rising times from
 * data to noise. Order 1.
 *
 * <p>Source: Song et al. (2021), eq. 13.
 */
public record FlowEuler() implements Sampler {
    @Override
    public NDArray step(NDArray x, Step step) {
        return x.add(ProbabilityFlow.velocity(step, x, step.time()).mul(step.next() - step.time()));
    }
}
