package org.scorebook.metric;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.scorebook.base.Require;

/**
 * The area under the ROC curve: the chance that a value of the positive class is above one of the negative class, where a tie
 * counts one half. It needs no threshold, and does not change when all values go through one rising function.
 *
 * <p>Source: Hanley and McNeil, The Meaning and Use of the Area under a Receiver Operating Characteristic (ROC) Curve (1982);
 * Mann and Whitney, On a Test of Whether One of Two Random Variables is Stochastically Larger than the Other (1947).
 */
public final class Auroc {
    private Auroc() {}

    /**
     * {@code U / (n m)} with {@code U = sum over pairs of [a_i > b_j] + [a_i = b_j] / 2}, exactly, from ranks in one sort.
     *
     * @param positives a, at least one number, in any order; not NaN, but may be infinite
     * @param negatives b, likewise; for instance a = energies of foreign images and b = energies of the data's
     * @return from 0 to 1; 0.5 where the values do not tell the classes apart
     */
    public static double of(double[] positives, double[] negatives) {
        return pairs("positives", positives, "negatives", negatives) / ((double) positives.length * negatives.length);
    }

    /** U. */
    static double pairs(String firstName, double[] first, String secondName, double[] second) {
        requireNumbers(firstName, first);
        requireNumbers(secondName, second);
        double[] all = DoubleStream.concat(Arrays.stream(first), Arrays.stream(second))
                .map(v -> v + 0.0) // makes -0 equal to 0, which the sort would tell apart
                .sorted()
                .toArray();
        double ranks = 0;
        for (double value : first) {
            ranks += middleRank(all, value + 0.0);
        }
        double n = first.length;
        return ranks - n * (n + 1) / 2;
    }

    /** The mean rank, from 1, of all values that are equal to one: a whole or a half number. */
    private static double middleRank(double[] sorted, double value) {
        return (firstAbove(sorted, value, false) + firstAbove(sorted, value, true) + 1) / 2.0;
    }

    /** How many are below a value, or not above it; by bisection. */
    private static int firstAbove(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void requireNumbers(String name, double[] values) {
        if (Require.given(name, values).length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException(name + " must be at least one number and no NaN, but are "
                    + (values.length == 0 ? "empty" : "NaN in part"));
        }
    }
}
