package org.scorebook.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A number that {@link StabilityWatch} watches: its sizes in the last steps, and for how many in a row it was too large. */
final class WatchedSize {
    private final String name;
    private final StabilityWatch.Limits limits;
    private double[] sizes = new double[0];
    private int streak;

    WatchedSize(String name, StabilityWatch.Limits limits) {
        this.name = name;
        this.limits = limits;
    }

    /** A sentence where the patience is over. */
    Optional<String> see(long step, double value) {
        double size = Math.abs(value);
        double usual = sizes.length < limits.window() ? Double.POSITIVE_INFINITY : median();
        boolean large = size > limits.bound() || (size > limits.floor() && size > limits.factor() * usual);
        streak = large ? streak + 1 : 0;
        remember(size);
        if (streak < limits.patience()) {
            return Optional.empty();
        }
        String than = size > limits.bound()
                ? text("above the bound of %.4g", limits.bound())
                : text("over %.4g times its usual size of %.4g", limits.factor(), usual);
        return Optional.of(text(
                "Training diverges: %s is %.4g in step %d, too large for %d steps in a row and now %s.",
                name, value, step, streak, than));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private double median() {
        double[] sorted = sizes.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private void remember(double size) {
        int kept = Math.min(sizes.length, limits.window() - 1);
        double[] next = Arrays.copyOfRange(sizes, sizes.length - kept, sizes.length + 1);
        next[kept] = size;
        sizes = next;
    }

    /** The sizes, the oldest first, and then the streak. */
    double[] state() {
        double[] state = Arrays.copyOf(sizes, sizes.length + 1);
        state[sizes.length] = streak;
        return state;
    }

    /** Of length 0 to begin anew. */
    void load(double[] state) {
        sizes = Arrays.copyOf(state, Math.max(0, state.length - 1));
        streak = state.length == 0 ? 0 : (int) state[state.length - 1];
    }
}
