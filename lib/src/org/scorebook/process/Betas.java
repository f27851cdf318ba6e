package org.scorebook.process;

/**
 * The variance of the noise that each of T steps adds: {@code x_t = sqrt(1 - beta_t) x_{t-1} + sqrt(beta_t) eps}.
 *
 * <p>Source: Ho, Jain, Abbeel, Denoising Diffusion Probabilistic Models (2020), eq. 2.
 */
public interface Betas {
    /** T, the number of steps. */
    int steps();

    /**
     * Between 0 and 1, both excluded.
     *
     * @param t from 1 to {@link #steps}
     * @throws IllegalArgumentException if t is outside
     */
    double beta(int t);
}
