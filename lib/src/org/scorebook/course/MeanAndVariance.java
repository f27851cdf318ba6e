package org.scorebook.course;

import java.util.Arrays;
import java.util.function.IntSupplier;
import org.hipparchus.special.Erf;

/**
 * Draws with a mean and a variance: {@code (m - mean) / sqrt(s² / n)} and {@code (s² - variance) / sqrt((m4 - s⁴) / n)}, with the draws'
 * own mean m, variance s² and fourth central moment m4, are nearly standard normal.
 *
 * @param alpha the probability that right draws fail any of the tests
 * @param shared how many tests share it
 */
record MeanAndVariance(double mean, double variance, double alpha, IntSupplier shared) implements Judge {
    @Override
    public String problem(Object answer) {
        String unfit = Distributed.unfit(answer);
        if (!unfit.isEmpty()) {
            return unfit;
        }
        double[] draws = Distributed.draws(answer);
        double m = Arrays.stream(draws).average().orElseThrow();
        double s2 = central(draws, m, 2);
        double width = Math.sqrt(2) * Erf.erfcInv(alpha / shared.getAsInt());
        double ofMean = width * Math.sqrt(s2 / draws.length);
        double ofVariance = width * Math.sqrt(Math.max(0, central(draws, m, 4) - s2 * s2) / draws.length);
        if (!(Math.abs(m - mean) <= ofMean)) {
            return difference("mean", mean, ofMean, m);
        }
        return Math.abs(s2 - variance) <= ofVariance ? "" : difference("variance", variance, ofVariance, s2);
    }

    private static double central(double[] draws, double mean, int power) {
        return Arrays.stream(draws)
                .map(x -> Math.pow(x - mean, power))
                .average()
                .orElseThrow();
    }

    private static String difference(String of, double right, double allowed, double came) {
        return "expected " + Wording.number(right) + " within " + Wording.number(allowed, 3) + " as the " + of
                + ", but came " + Wording.number(came, 4) + Wording.off(came, right);
    }

    @Override
    public String claim() {
        return "error probability " + Wording.number(alpha);
    }

    @Override
    public int tests() {
        return 2;
    }
}
