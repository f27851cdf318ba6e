package org.scorebook.process;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The times that a sampler visits, from noise to data: strictly falling, and so chosen by the caller that no schedule is
 * asked where its alpha or sigma is 0 unless that is meant.
 */
public final class TimeGrid {
    private final double[] times;

    private TimeGrid(double[] times) {
        this.times = times;
        for (int i = 0; i < times.length; i++) {
            if (!(times[i] >= 0 && Double.isFinite(times[i])) || (i > 0 && times[i] >= times[i - 1])) {
                throw new IllegalArgumentException(
                        "times must fall strictly and not below 0, but are " + Arrays.toString(times));
            }
        }
    }

    /** The given times, at least two, strictly falling. */
    public static TimeGrid of(double... times) {
        Require.atLeast("number of times", times.length, 2);
        return new TimeGrid(times.clone());
    }

    /**
     * Evenly spaced times.
     *
     * @param from the first, for instance the schedule's end time
     * @param to the last, 0 or more: above 0 where sigma is 0 at 0 and the sampler divides by it
     * @param steps between the times, so that there are steps + 1 of them
     */
    public static TimeGrid uniform(double from, double to, int steps) {
        Require.atLeast("steps", steps, 1);
        return make(steps, i -> i == steps ? to : from + (to - from) * i / steps);
    }

    /**
     * {@code t_i = (sigmaMax^(1/rho) + i / steps (sigmaMin^(1/rho) - sigmaMax^(1/rho)))^rho} for noise levels as times.
     *
     * <p>Source: Karras et al. (2022), eq. 5, which adds a last time 0 after these; rho = 7 there.
     */
    public static TimeGrid karras(double sigmaMin, double sigmaMax, double rho, int steps) {
        Require.ascending("sigmaMin", sigmaMin, "sigmaMax", sigmaMax);
        Require.positive("rho", rho);
        Require.atLeast("steps", steps, 1);
        double low = Math.pow(sigmaMin, 1 / rho);
        double high = Math.pow(sigmaMax, 1 / rho);
        return make(
                steps, i -> i == 0 ? sigmaMax : i == steps ? sigmaMin : Math.pow(high + (low - high) * i / steps, rho));
    }

    /**
     * Whole times for a discrete schedule, from T to 0, as evenly spaced as whole numbers can be.
     *
     * <p>Source: Song, Meng, Ermon, Denoising Diffusion Implicit Models (2021), section 4.2 and appendix D.2.
     *
     * @param totalSteps T of the schedule
     * @param steps how many of its steps to take, from 1 to T
     */
    public static TimeGrid strided(int totalSteps, int steps) {
        Require.atLeast("steps", steps, 1);
        Require.atLeast("totalSteps", totalSteps, steps);
        return make(steps, i -> Math.rint((double) totalSteps * (steps - i) / steps));
    }

    private static TimeGrid make(int steps, IntToDoubleFunction time) {
        return new TimeGrid(IntStream.rangeClosed(0, steps).mapToDouble(time).toArray());
    }

    /** The number of steps between the times. */
    public int steps() {
        return times.length - 1;
    }

    /** The time with index i, from 0 for the first to {@link #steps} for the last. */
    public double time(int i) {
        return times[i];
    }

    /** All times, a copy. */
    public double[] times() {
        return times.clone();
    }
}
