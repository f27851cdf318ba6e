package org.scorebook.plot;

import org.scorebook.base.Require;

/**
 * The heights of a histogram's bars, scaled to area 1 over all values: those outside the range count towards the total.
 *
 * @param from the lower end of the first bar
 * @param to above from; the upper end of the last bar
 * @param heights one for each of the equally wide bars
 */
record Histogram(double from, double to, double[] heights) {
    /**
     * Counts values.
     *
     * @param values at least one; may be infinite, but not NaN
     * @param bins at least 1
     */
    static Histogram of(float[] values, double from, double to, int bins) {
        if (!(from < to) || bins < 1) {
            throw new IllegalArgumentException(
                    "from must be below to, and bins at least 1, but they are " + from + ", " + to + " and " + bins);
        }
        if (Require.given("values", values).length == 0) {
            throw new IllegalArgumentException("values must contain at least one value, but is empty");
        }
        double[] heights = new double[bins];
        double width = (to - from) / bins;
        for (int k = 0; k < values.length; k++) {
            double bin = Math.floor((values[k] - from) / width);
            if (bin >= 0 && bin < bins) {
                heights[(int) bin]++;
            } else if (Double.isNaN(bin)) {
                throw new IllegalArgumentException("values must be numbers, but value " + k + " is " + values[k]);
            }
        }
        for (int i = 0; i < bins; i++) {
            heights[i] /= width * values.length;
        }
        return new Histogram(from, to, heights);
    }

    /** Both ends of each bar's top, from left to right. */
    double[] edges() {
        double[] x = new double[2 * heights.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = from + (to - from) / heights.length * ((i + 1) / 2);
        }
        return x;
    }

    /** The heights at the {@link #edges}. */
    double[] tops() {
        double[] y = new double[2 * heights.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = heights[i / 2];
        }
        return y;
    }
}
