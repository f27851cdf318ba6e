package org.scorebook.process;

/**
 * Betas on a sigmoid from -6 to 6: {@code beta_t = first + (last - first) / (1 + exp(-u_t))} with
 * {@code u_t = -6 + 12 (t - 1) / (T - 1)}.
 *
 * <p>Source: Xu et al., GeoDiff (2022), whose code has this schedule. The ends are nearly first and last, not quite: the
 * sigmoid is 0.0025 and 0.9975 there.
 *
 * @param steps T, at least 2
 * @param first below all betas, between 0 and 1
 * @param last above all betas, below 1
 */
public record SigmoidBetas(int steps, double first, double last) implements Betas {
    private static final double HALF_WIDTH = 6;

    public SigmoidBetas {
        Checks.growingBetas(steps, first, last);
    }

    @Override
    public double beta(int t) {
        Checks.step(t, steps);
        double u = HALF_WIDTH * (2.0 * (t - 1) / (steps - 1) - 1);
        return first + (last - first) / (1 + Math.exp(-u));
    }
}
