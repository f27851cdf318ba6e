package org.scorebook.process;

/**
 * Evenly spaced square roots of the betas: {@code sqrt(beta_t) = sqrt(first) + (sqrt(last) - sqrt(first)) (t - 1) / (T - 1)}.
 *
 * <p>Source: the code of Ho, Jain, Abbeel (2020), schedule "quad".
 *
 * @param steps T, at least 2
 * @param first beta of step 1, between 0 and 1
 * @param last beta of step T, above the first, below 1
 */
public record QuadraticBetas(int steps, double first, double last) implements Betas {
    public QuadraticBetas {
        Checks.growingBetas(steps, first, last);
    }

    @Override
    public double beta(int t) {
        Checks.step(t, steps);
        double root = Math.sqrt(first) + (Math.sqrt(last) - Math.sqrt(first)) * (t - 1) / (steps - 1);
        return root * root;
    }
}
