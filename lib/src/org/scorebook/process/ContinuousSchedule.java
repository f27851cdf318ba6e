package org.scorebook.process;

/**
 * A schedule in continuous time, and the linear stochastic differential equation whose solution has its alpha and sigma:
 *
 * <pre>dx = f(t) x dt + g(t) dw,   f = d log alpha / dt,   g^2 = d sigma^2 / dt - 2 f sigma^2</pre>
 *
 * Source: Song et al. (2021), eq. 5, with f and g solved for from the mean and variance of its solution.
 */
public interface ContinuousSchedule extends NoiseSchedule {
    /** {@code f(t)}, 1 over time; 0 or negative. */
    double drift(double t);

    /** {@code g(t)}, at least 0. */
    double diffusion(double t);
}
