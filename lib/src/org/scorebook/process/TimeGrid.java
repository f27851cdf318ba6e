package org.scorebook.process;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.scorebook.base.Require;

/**
 * The times that a sampler visits: strictly falling from noise to data, or strictly rising from data to noise. The caller
 * chooses them, so that no schedule is asked where its alpha or sigma is 0 unless that is meant.
 */
public final class TimeGrid {
    private static final double LARGEST_SIGMA = 80;
    private static final int SHOWN = 10;

    private final double[] times;

    private TimeGrid(double[] times) {
        this.times = times;
        double direction = Math.signum(times[1] - times[0]);
        for (int i = 0; i < times.length; i++) {
            boolean valid = times[i] >= 0 && Double.isFinite(times[i]);
            if (!valid || (i > 0 && !((times[i] - times[i - 1]) * direction > 0))) {
                throw new IllegalArgumentException("times must fall strictly or rise strictly, and be 0 or more, but "
                        + (times.length <= SHOWN
                                ? "are " + Arrays.toString(times)
                                : "number " + i + " of " + times.length + " is " + times[i]
                                        + (i > 0 ? " after " + times[i - 1] : "")));
            }
        }
    }

    /** The given times, at least two, strictly falling or strictly rising. */
    public static TimeGrid of(double... times) {
        Require.atLeast("number of times", Require.given("times", times).length, 2);
        return new TimeGrid(times.clone());
    }

    /**
     * Evenly spaced times.
     *
     * @param from the first, for instance the schedule's end time
     * @param to the last, 0 or more: above 0 where sigma is 0 at 0 and the sampler divides by it; above {@code from} for a
     *     grid from data to noise
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

    /** {@code 0, 1, ..., steps}, for methods that only count their steps. */
    public static TimeGrid counting(int steps) {
        Require.atLeast("steps", steps, 1);
        return make(steps, i -> i);
    }

    /**
     * Times at evenly spaced logarithms of the signal-to-noise ratio, whole ones for a discrete schedule, and the last time
     * at the end: {@code logSnr(t_i)} goes evenly from {@code logSnr(from)} to {@code logSnr(to)} for i below steps - 1.
     *
     * <p>Source: Lu et al., DPM-Solver (2022), section 3.3.
     *
     * @param from the first time, with alpha above 0
     * @param to the time before the last, above 0 and below the first, with sigma above 0
     * @param steps at least 2, the last of them from {@code to} to 0
     * @throws IllegalArgumentException if logSnr is infinite at one of the two times, or a discrete schedule has too few
     *     times for so many steps
     */
    public static TimeGrid logSnr(NoiseSchedule schedule, double from, double to, int steps) {
        Require.given("schedule", schedule);
        Require.atLeast("steps", steps, 2);
        if (!(from > to)) {
            throw new IllegalArgumentException("from must be above to, but they are " + from + " and " + to);
        }
        double first = finiteLogSnr(schedule, "from", from);
        double last = finiteLogSnr(schedule, "to", to);
        Require.positive("to", to);
        boolean whole = schedule instanceof DiscreteSchedule;
        IntToDoubleFunction time = i -> {
            double wanted = first + (last - first) * i / (steps - 1);
            return i == 0 ? from : i == steps - 1 ? to : i == steps ? 0 : timeAt(schedule, wanted, to, from, whole);
        };
        if (IntStream.range(0, steps).anyMatch(i -> time.applyAsDouble(i) <= time.applyAsDouble(i + 1))) {
            throw new IllegalArgumentException(
                    "steps must leave the whole times of a discrete schedule distinct, but is " + steps
                            + ": take fewer, or a later time than " + to + " before the last");
        }
        return make(steps, time);
    }

    /**
     * Whole times of a discrete schedule at which {@code sigma / alpha} follows Karras' formula as closely as it can, with rho 7,
     * from the time where it is 80, or the last time, to the first step, and then 0. Higher-order methods need it: over the even
     * times of a schedule that ends in pure noise, sigma / alpha falls by a factor of thousands in the first step.
     *
     * <p>Source: Karras et al. (2022), eq. 5 and section 3.
     *
     * @param steps from 2 to T
     */
    public static TimeGrid karras(DiscreteSchedule schedule, int steps) {
        Require.atLeast("steps", steps, 2);
        Require.atLeast(
                "number of the schedule's steps",
                Require.given("schedule", schedule).steps(),
                steps);
        double high = Math.min(LARGEST_SIGMA, ratio(schedule, schedule.steps()));
        double low = ratio(schedule, 1);
        double[] times = new double[steps + 1];
        double latest = schedule.steps();
        for (int i = 0; i < steps; i++) {
            double share = (double) i / (steps - 1);
            double root = Math.pow(high, 1.0 / 7) + share * (Math.pow(low, 1.0 / 7) - Math.pow(high, 1.0 / 7));
            double wanted = -2 * Math.log(Math.pow(root, 7));
            double nearest = timeAt(schedule, wanted, 0, schedule.steps(), true);
            times[i] = Math.max(steps - i, Math.min(latest, nearest)); // one whole time for each step that is left
            latest = times[i] - 1;
        }
        return new TimeGrid(times);
    }

    private static double finiteLogSnr(NoiseSchedule schedule, String name, double t) {
        double logSnr = schedule.logSnr(t);
        if (!Double.isFinite(logSnr)) {
            throw new IllegalArgumentException(
                    name + " must be a time with alpha and sigma above 0, where the logarithm of"
                            + " their ratio is finite, but at " + t + " they are " + schedule.alpha(t) + " and "
                            + schedule.sigma(t));
        }
        return logSnr;
    }

    private static double ratio(DiscreteSchedule schedule, double t) {
        return schedule.sigma(t) / schedule.alpha(t);
    }

    /** The time between two others at which logSnr, which falls with time, has a value; by bisection. */
    private static double timeAt(NoiseSchedule schedule, double logSnr, double low, double high, boolean whole) {
        double left = low;
        double right = high;
        while (whole ? right - left > 1 : right - left > 1e-12 * high) {
            double middle = whole ? Math.floor((left + right) / 2) : (left + right) / 2;
            if (schedule.logSnr(middle) > logSnr) {
                left = middle;
            } else {
                right = middle;
            }
        }
        return right;
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

    /** The same times the other way round. */
    public TimeGrid reversed() {
        return make(steps(), i -> times[steps() - i]);
    }

    /** All times, a copy. */
    public double[] times() {
        return times.clone();
    }
}
