package org.scorebook.process;

/**
 * Evenly spaced betas: {@code beta_t = first + (last - first) (t - 1) / (T - 1)}.
 *
 * <p>Source: Ho, Jain, Abbeel (2020), section 4, with 1e-4, 0.02 and T = 1,000.
 *
 * @param steps T, at least 2
 * @param first beta of step 1, between 0 and 1
 * @param last beta of step T, above the first, below 1
 */
public record LinearBetas(int steps, double first, double last) implements Betas {
    public LinearBetas {
        Checks.growingBetas(steps, first, last);
    }

    @Override
    public double beta(int t) {
        Checks.step(t, steps);
        return first + (last - first) * (t - 1) / (steps - 1);
    }
}
