package org.scorebook.process;

import org.scorebook.base.Require;

/**
 * Time is the noise level: {@code alpha = 1}, {@code sigma(t) = t} for t from 0 to sigmaMax, so {@code f = 0} and
 * {@code g = sqrt(2 t)}. Goes with {@link TimeGrid#karras}.
 *
 * <p>Source: Karras et al., Elucidating the Design Space of Diffusion-Based Generative Models (2022), table 1.
 *
 * @param sigmaMax positive
 */
public record EdmSchedule(double sigmaMax) implements ContinuousSchedule {
    public EdmSchedule {
        Require.positive("sigmaMax", sigmaMax);
    }

    @Override
    public double endTime() {
        return sigmaMax;
    }

    @Override
    public double alpha(double t) {
        Checks.time(t, sigmaMax);
        return 1;
    }

    @Override
    public double sigma(double t) {
        Checks.time(t, sigmaMax);
        return t;
    }

    @Override
    public double drift(double t) {
        Checks.time(t, sigmaMax);
        return 0;
    }

    @Override
    public double diffusion(double t) {
        Checks.time(t, sigmaMax);
        return Math.sqrt(2 * t);
    }
}
