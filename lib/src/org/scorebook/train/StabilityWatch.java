package org.scorebook.train;

import java.util.Arrays;
import java.util.Optional;
import org.scorebook.base.Require;

/**
 * Tells when the training of an energy runs away, so that it can go back to its last good checkpoint with a lower rate. Two
 * numbers of each step are watched: the gap between the energies of data and chains, and the norm of the gradient. The alarm is
 *
 * <ul>
 * <li>at once, where one is not finite;
 * <li>after several steps in a row in which the size of one is above its bound, or above both the floor and so many times its
 *     median over the steps before.
 * </ul>
 *
 * It uses no random numbers and no engine, and its {@link #state} is a row of numbers for a checkpoint.
 *
 * <p>Source: Du and Mordatch (2019), section 3.4, and Nijkamp et al. (2020), on energies of data and chains that drift apart.
 */
public final class StabilityWatch implements StepWatch {
    private final Limits limits;
    private final WatchedSize gap;
    private final WatchedSize norm;

    /**
     * What counts as running away.
     *
     * @param window steps that the median is over, at least 3; until so many were seen only the bound counts
     * @param factor of the median, above 1
     * @param floor below which a size is never too large, 0 or more
     * @param bound above which it always is, above the floor
     * @param patience steps in a row before the alarm, from 1 to half the window, after which the median would follow
     */
    public record Limits(int window, double factor, double floor, double bound, int patience) {
        public Limits {
            Require.atLeast("window", window, 3);
            Require.notNegative("floor", floor);
            Require.atLeast("patience", patience, 1);
            if (!(factor > 1)) {
                throw new IllegalArgumentException("factor must be above 1, but is " + factor);
            }
            if (!(bound > floor)) {
                throw new IllegalArgumentException("bound must be above the floor of " + floor + ", but is " + bound);
            }
            if (patience > window / 2) {
                throw new IllegalArgumentException(
                        "patience must be at most half the window of " + window + ", but is " + patience);
            }
        }

        /** Ten times the median of 200 steps and above 1, or above 1,000; for 10 steps. */
        public static Limits standard() {
            return new Limits(200, 10, 1, 1000, 10);
        }
    }

    /** A watch that has seen nothing. */
    public StabilityWatch(Limits limits) {
        this.limits = Require.given("limits", limits);
        gap = new WatchedSize("the energy gap", limits);
        norm = new WatchedSize("the gradient norm", limits);
    }

    @Override
    public Optional<String> see(long step, double energyGap, double gradientNorm) {
        if (!Double.isFinite(energyGap) || !Double.isFinite(gradientNorm)) {
            return Optional.of("Training diverges: the energy gap is %s and the gradient norm %s in step %d."
                    .formatted(energyGap, gradientNorm, step));
        }
        Optional<String> first = gap.see(step, energyGap);
        Optional<String> second = norm.see(step, gradientNorm);
        return first.isPresent() ? first : second;
    }

    /** Forgets all, for instance when training goes back to a checkpoint. */
    public void reset() {
        gap.load(new double[0]);
        norm.load(new double[0]);
    }

    /** All that it remembers, as numbers, for {@link #load}. */
    public double[] state() {
        double[] first = gap.state();
        double[] second = norm.state();
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /**
     * Goes on from a {@link #state}.
     *
     * @throws IllegalArgumentException if it is of a watch with another window
     */
    public void load(double... state) {
        int half = state.length / 2;
        if (state.length % 2 != 0 || half < 1 || half > limits.window() + 1) {
            throw new IllegalArgumentException("state must have an even number of entries, from 2 to "
                    + 2 * (limits.window() + 1) + ", but has " + state.length);
        }
        gap.load(Arrays.copyOf(state, half));
        norm.load(Arrays.copyOfRange(state, half, state.length));
    }
}
