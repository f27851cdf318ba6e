package org.scorebook.process;

import org.scorebook.base.Require;

/**
 * The sub-variance-preserving process: the drift of {@link VpSchedule} with less noise, {@code sigma = 1 - exp(-B)} and
 * {@code g^2 = beta (1 - exp(-2 B))}.
 *
 * <p>Source: Song et al. (2021), eqs. 12 and 29.
 *
 * @param vp the process whose drift it shares
 */
public record SubVpSchedule(VpSchedule vp) implements ContinuousSchedule {
    public SubVpSchedule {
        Require.given("vp", vp);
    }

    /** With betas from 0.1 to 20. */
    public SubVpSchedule() {
        this(new VpSchedule());
    }

    @Override
    public double endTime() {
        return vp.endTime();
    }

    @Override
    public double alpha(double t) {
        return vp.alpha(t);
    }

    @Override
    public double sigma(double t) {
        return -Math.expm1(-vp.integral(t));
    }

    @Override
    public double drift(double t) {
        return vp.drift(t);
    }

    @Override
    public double diffusion(double t) {
        return Math.sqrt(vp.beta(t) * -Math.expm1(-2 * vp.integral(t)));
    }
}
