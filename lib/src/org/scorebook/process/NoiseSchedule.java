package org.scorebook.process;

/**
 * How much of the data and how much noise there is at a time t:
 *
 * <pre>x_t = alpha(t) x_0 + sigma(t) eps,   eps ~ N(0, I)</pre>
 *
 * One type for discrete and continuous time, for variance-preserving (alpha^2 + sigma^2 = 1) and variance-exploding
 * (alpha = 1) processes. alpha never grows and sigma never shrinks with t.
 *
 * <p>Source: Kingma et al., Variational Diffusion Models (2021), eq. 1; Song et al., Score-Based Generative Modeling
 * through Stochastic Differential Equations (2021), eq. 29.
 */
public interface NoiseSchedule {
    /** The last time; the first is 0. */
    double endTime();

    /**
     * The factor of the data, from 0 to 1.
     *
     * @param t from 0 to {@link #endTime}
     * @throws IllegalArgumentException if t is outside
     */
    double alpha(double t);

    /**
     * The standard deviation of the noise, 0 or more.
     *
     * @param t from 0 to {@link #endTime}
     * @throws IllegalArgumentException if t is outside
     */
    double sigma(double t);

    /** {@code log(alpha^2 / sigma^2)}, the logarithm of the signal-to-noise ratio; infinite where sigma is 0. */
    default double logSnr(double t) {
        return 2 * (Math.log(alpha(t)) - Math.log(sigma(t)));
    }
}
