package org.scorebook.plot;

import java.util.Arrays;

/**
 * XChart puts its ticks on the data, at odd numbers, where the data is evenly spaced. A line with one point more, so close
 * behind its first that it looks the same on linear and on logarithmic axes, is not evenly spaced.
 */
final class SecondStart {
    private SecondStart() {}

    /** The values with one more. */
    static double[] given(double[] values) {
        double[] more = new double[values.length + 1];
        System.arraycopy(values, 0, more, 1, values.length);
        more[0] = values[0];
        double gap = values[Math.min(1, values.length - 1)] - values[0];
        double room = values[0] == 0 ? Math.abs(gap) : Math.min(Math.abs(gap), Math.abs(values[0]));
        more[1] = values[0] + Math.signum(gap) * room / 1000;
        return more;
    }

    /** The values without the one that was given; all of them where none was, as in charts that others made. */
    static double[] taken(double[] values) {
        if (values.length < 2) {
            return values;
        }
        double[] less = new double[values.length - 1];
        less[0] = values[0];
        System.arraycopy(values, 2, less, 1, less.length - 1);
        return Arrays.equals(given(less), values) ? less : values;
    }
}
