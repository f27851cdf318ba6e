package org.scorebook.process;

import org.scorebook.base.Require;

/**
 * The variance-preserving process with a beta that grows linearly from t = 0 to 1: {@code beta(t) = betaMin + (betaMax -
 * betaMin) t}, {@code B(t)} its integral from 0, {@code alpha = exp(-B / 2)}, {@code sigma^2 = 1 - exp(-B)},
 * {@code f = -beta / 2}, {@code g^2 = beta}.
 *
 * <p>Source: Song et al. (2021), eq. 11 and appendix C, with 0.1 and 20.
 *
 * @param betaMin beta at t = 0, positive
 * @param betaMax beta at t = 1, above betaMin
 */
public record VpSchedule(double betaMin, double betaMax) implements ContinuousSchedule {
    public VpSchedule {
        Require.ascending("betaMin", betaMin, "betaMax", betaMax);
    }

    /** With the paper's 0.1 and 20. */
    public VpSchedule() {
        this(0.1, 20);
    }

    @Override
    public double endTime() {
        return 1;
    }

    /** The noise rate {@code beta(t)}. */
    public double beta(double t) {
        Checks.time(t, 1);
        return betaMin + (betaMax - betaMin) * t;
    }

    /** {@code B(t)}, the integral of beta from 0 to t. */
    double integral(double t) {
        Checks.time(t, 1);
        return t * (betaMin + (betaMax - betaMin) * t / 2);
    }

    @Override
    public double alpha(double t) {
        return Math.exp(-integral(t) / 2);
    }

    @Override
    public double sigma(double t) {
        return Math.sqrt(-Math.expm1(-integral(t)));
    }

    @Override
    public double drift(double t) {
        return -beta(t) / 2;
    }

    @Override
    public double diffusion(double t) {
        return Math.sqrt(beta(t));
    }
}
