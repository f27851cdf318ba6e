package org.scorebook.process;

import org.scorebook.base.Require;

/**
 * The variance-exploding process: alpha is 1 and {@code sigma(t) = sigmaMin (sigmaMax / sigmaMin)^t} for t from 0 to 1, so
 * {@code f = 0} and {@code g = sigma sqrt(2 log(sigmaMax / sigmaMin))}. At t = 0 there is the noise sigmaMin already.
 *
 * <p>Source: Song et al. (2021), eq. 9 and appendix C.
 *
 * @param sigmaMin positive
 * @param sigmaMax above sigmaMin
 */
public record VeSchedule(double sigmaMin, double sigmaMax) implements ContinuousSchedule {
    public VeSchedule {
        Require.ascending("sigmaMin", sigmaMin, "sigmaMax", sigmaMax);
    }

    @Override
    public double endTime() {
        return 1;
    }

    @Override
    public double alpha(double t) {
        Checks.time(t, 1);
        return 1;
    }

    @Override
    public double sigma(double t) {
        Checks.time(t, 1);
        return sigmaMin * Math.pow(sigmaMax / sigmaMin, t);
    }

    @Override
    public double drift(double t) {
        Checks.time(t, 1);
        return 0;
    }

    @Override
    public double diffusion(double t) {
        return sigma(t) * Math.sqrt(2 * Math.log(sigmaMax / sigmaMin));
    }
}
