package org.scorebook.process;

import org.scorebook.base.Require;

/**
 * A variance-preserving schedule in T steps, made of betas: {@code alphaBar_t = prod_{s <= t} (1 - beta_s)},
 * {@code alpha(t) = sqrt(alphaBar_t)}, {@code sigma(t) = sqrt(1 - alphaBar_t)}. Time is the number of steps taken, a whole
 * number from 0, where nothing has happened yet and sigma is 0, to T.
 *
 * <p>Source: Ho, Jain, Abbeel (2020), eqs. 4 and 7.
 */
public final class DiscreteSchedule implements NoiseSchedule {
    private final double[] betas;
    private final double[] logAlphaBars;

    /** @throws IllegalArgumentException if there is no step, or a beta is not between 0 and 1 */
    public DiscreteSchedule(Betas source) {
        Require.atLeast("the number of steps", Require.given("source", source).steps(), 1);
        betas = new double[source.steps() + 1];
        logAlphaBars = new double[betas.length];
        for (int t = 1; t < betas.length; t++) {
            betas[t] = source.beta(t);
            Checks.beta("beta of step " + t, betas[t]);
            logAlphaBars[t] = logAlphaBars[t - 1] + Math.log1p(-betas[t]);
        }
    }

    /** T, the number of steps. */
    public int steps() {
        return betas.length - 1;
    }

    @Override
    public double endTime() {
        return steps();
    }

    /** The variance that step t adds; t from 1 to T. */
    public double beta(int t) {
        Checks.step(t, steps());
        return betas[t];
    }

    /** {@code alphaBar_t}, the share of the data's variance that is left after t steps; t from 0 to T. */
    public double alphaBar(int t) {
        return Math.exp(logAlphaBars[index(t)]);
    }

    @Override
    public double alpha(double t) {
        return Math.exp(logAlphaBars[index(t)] / 2);
    }

    @Override
    public double sigma(double t) {
        return Math.sqrt(variance(index(t)));
    }

    /**
     * The variance of {@code q(x_{t-1} | x_t, x_0)}: {@code beta_t (1 - alphaBar_{t-1}) / (1 - alphaBar_t)}; 0 for t = 1.
     *
     * <p>Source: Ho, Jain, Abbeel (2020), eq. 7.
     */
    public double posteriorVariance(int t) {
        Checks.step(t, steps());
        return betas[t] * variance(t - 1) / variance(t);
    }

    /** The factor of x_0 in the mean of {@code q(x_{t-1} | x_t, x_0)}: {@code sqrt(alphaBar_{t-1}) beta_t / (1 - alphaBar_t)}. */
    public double posteriorDataFactor(int t) {
        Checks.step(t, steps());
        return Math.exp(logAlphaBars[t - 1] / 2) * betas[t] / variance(t);
    }

    /** The factor of x_t in that mean: {@code sqrt(1 - beta_t) (1 - alphaBar_{t-1}) / (1 - alphaBar_t)}. */
    public double posteriorStateFactor(int t) {
        Checks.step(t, steps());
        return Math.sqrt(1 - betas[t]) * variance(t - 1) / variance(t);
    }

    /** {@code 1 - alphaBar_t}, with all its digits where it is small. */
    private double variance(int t) {
        return 0 - Math.expm1(logAlphaBars[t]); // a minus sign would give -0 at t = 0
    }

    private int index(double t) {
        Checks.time(t, steps());
        if (t != Math.rint(t)) {
            throw new IllegalArgumentException("t must be a whole number of steps, but is " + t);
        }
        return (int) t;
    }
}
