package org.scorebook.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.hipparchus.special.Erf;

/**
 * The one-sided rank test of Mann and Whitney: whether the values of one sample tend to be smaller than those of another.
 * Where both come from one distribution, U has the mean {@code n m / 2} and, with t values in each group of ties among
 * {@code N = n + m},
 *
 * <pre>variance = n m / 12 (N + 1 - sum (t^3 - t) / (N (N - 1)))
 * z = (U + 1/2 - n m / 2) / sqrt(variance),    p = Phi(z)</pre>
 *
 * <p>where 1/2 corrects for the steps of U. The normal distribution is good from about 8 values in each sample.
 *
 * <p>Source: Mann and Whitney, On a Test of Whether One of Two Random Variables is Stochastically Larger than the Other
 * (1947); for ties Lehmann, Nonparametrics: Statistical Methods Based on Ranks (1975), section 1.4.
 *
 * @param u over all pairs the sum of {@code [a_i > b_j] + [a_i = b_j] / 2}
 * @param p how likely a U so small or smaller is where both samples come from one distribution; 1 where all values are equal
 * @param first n
 * @param second m
 */
public record MannWhitney(double u, double p, int first, int second) {
    /**
     * Tests whether a tends to be smaller than b.
     *
     * @param a at least one number, in any order; not NaN, but may be infinite
     * @param b likewise
     */
    public static MannWhitney less(double[] a, double[] b) {
        double u = Auroc.pairs("a", a, "b", b);
        double pairs = (double) a.length * b.length;
        double total = (double) a.length + b.length;
        double variance = pairs / 12 * (total + 1 - ties(a, b) / (total * (total - 1)));
        double p = variance > 0 ? below((u + 0.5 - pairs / 2) / Math.sqrt(variance)) : 1;
        return new MannWhitney(u, p, a.length, b.length);
    }

    /** Phi(z), also where it is tiny. */
    private static double below(double z) {
        return Erf.erfc(-z / Math.sqrt(2)) / 2;
    }

    /** The sum of t^3 - t over the groups of equal values. */
    private static double ties(double[] a, double[] b) {
        double[] all = DoubleStream.concat(Arrays.stream(a), Arrays.stream(b))
                .map(v -> v + 0.0)
                .sorted()
                .toArray();
        double sum = 0;
        int start = 0;
        for (int i = 1; i <= all.length; i++) {
            if (i == all.length || all[i] != all[start]) {
                double t = i - start;
                sum += t * t * t - t;
                start = i;
            }
        }
        return sum;
    }

    /** {@code U / (n m)}: the chance that a value of a is above one of b; 0.5 where neither tends to be. */
    public double auroc() {
        return u / ((double) first * second);
    }

    /** As in {@code AUROC 0.483, p = 0.031}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "AUROC %.3f, p = %.2g", auroc(), p);
    }
}
