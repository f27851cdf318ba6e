package org.scorebook.process;

import org.scorebook.base.Require;

/**
 * The same noise in each step: {@code beta_t = beta}.
 *
 * @param steps T, at least 1
 * @param beta between 0 and 1, both excluded
 */
public record ConstantBetas(int steps, double beta) implements Betas {
    public ConstantBetas {
        Require.atLeast("steps", steps, 1);
        Checks.beta("beta", beta);
    }

    @Override
    public double beta(int t) {
        Checks.step(t, steps);
        return beta;
    }
}
