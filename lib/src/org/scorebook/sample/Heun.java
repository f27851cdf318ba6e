package org.scorebook.sample;

import ai.djl.ndarray.NDArray;

/**
 * The probability-flow ODE by Heun's method, in the variables in which its linear part is gone: with
 * {@code y = x / alpha} and {@code r = sigma / alpha} it reads {@code dy/dr = eps}. A step goes along eps, looks there, and
 * goes along the mean of both instead. Order 2; two evaluations a step, one in a step to sigma = 0, where eps is not
 * defined. Needs only alpha and sigma, so it serves discrete schedules too. alpha must be above 0 at every time.
 *
 * <p>Source: Karras et al. (2022), algorithm 1; Song, Meng, Ermon (2021), eq. 14 for the variables.
 */
public record Heun() implements Sampler {
    @Override
    public NDArray step(NDArray x, Step step) {
        double alpha = Steps.alpha(step, step.time());
        double alphaNext = Steps.alpha(step, step.next());
        double sigmaNext = step.schedule().sigma(step.next());
        double width = sigmaNext / alphaNext - step.schedule().sigma(step.time()) / alpha;
        NDArray slope = step.predict(x, step.time()).noise();
        NDArray y = x.div(alpha);
        NDArray end = y.add(slope.mul(width)).mul(alphaNext);
        if (sigmaNext == 0) {
            return end;
        }
        NDArray endSlope = step.predict(end, step.next()).noise();
        return y.add(slope.add(endSlope).mul(width / 2)).mul(alphaNext);
    }
}
