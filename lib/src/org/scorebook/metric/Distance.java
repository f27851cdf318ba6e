package org.scorebook.metric;

import java.util.Locale;

/**
 * A distance between two samples with their sizes, without which many distances mean little: two samples of one
 * distribution are apart by an amount that depends on how many points they have.
 *
 * @param value the distance; below 0 only where an estimate can be
 * @param first points of the first sample, at least 1
 * @param second points of the second sample, at least 1
 */
public record Distance(double value, long first, long second) {
    public Distance {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value must be a number, but is NaN");
        }
        if (first < 1 || second < 1) {
            throw new IllegalArgumentException(
                    "first and second must be at least 1, but are " + first + " and " + second);
        }
    }

    /** The value to four digits and the sizes, as in {@code 0.3312 (N = 2048 and 2048)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4g (N = %d and %d)", value, first, second);
    }
}
