package org.scorebook.course;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntSupplier;

/**
 * Draws from a continuous distribution: the largest gap between its distribution function and that of the draws must be likely,
 * by the limiting distribution of Kolmogorov with Stephens' correction for few draws.
 *
 * @param alpha the probability that right draws fail any of the tests
 * @param shared how many tests share it
 * @see <a href="https://doi.org/10.1080/01621459.1974.10480196">Stephens, EDF Statistics for Goodness of Fit (1974)</a>, table 1A
 */
record Distributed(DoubleUnaryOperator cdf, double alpha, IntSupplier shared) implements Judge {
    static final int LEAST = 20;

    static double probability(double alpha) {
        if (!(alpha > 0 && alpha <= 0.1)) {
            throw new IllegalArgumentException("alpha must be above 0 and at most 0.1, but is " + alpha);
        }
        return alpha;
    }

    /** What keeps numbers from being tested; empty where nothing does. */
    static String unfit(Object answer) {
        try {
            Numbers draws = Numbers.of(answer);
            if (!draws.areFinite()) {
                return "expected finite draws, but some are NaN or infinite";
            }
            int count = draws.values().length;
            return count >= LEAST ? "" : "expected at least " + LEAST + " draws, but came " + count;
        } catch (Numbers.None e) {
            return "expected draws, but " + e.getMessage();
        }
    }

    static double[] draws(Object answer) {
        try {
            return Numbers.of(answer).values();
        } catch (Numbers.None e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public String problem(Object answer) {
        String unfit = unfit(answer);
        if (!unfit.isEmpty()) {
            return unfit;
        }
        double[] draws = draws(answer).clone();
        double gap = gap(draws);
        double root = Math.sqrt(draws.length);
        double allowed = Math.sqrt(-Math.log(alpha / shared.getAsInt() / 2) / 2) / (root + 0.12 + 0.11 / root);
        return gap <= allowed
                ? ""
                : "expected a gap of at most " + Wording.number(allowed, 3)
                        + " between the distribution function and that of " + draws.length
                        + " draws (Kolmogorov-Smirnov), but came " + Wording.number(gap, 3);
    }

    private double gap(double[] draws) {
        Arrays.sort(draws);
        double gap = 0;
        for (int i = 0; i < draws.length; i++) {
            double below = cdf.applyAsDouble(draws[i]);
            gap = Math.max(gap, Math.max(below - (double) i / draws.length, (i + 1.0) / draws.length - below));
        }
        return gap;
    }

    @Override
    public String claim() {
        return "error probability " + Wording.number(alpha);
    }

    @Override
    public int tests() {
        return 1;
    }
}
