package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;

class AurocTest {
    private final SplittableRandom random = new SplittableRandom(1);

    private static double[] values(int n, IntToDoubleFunction value) {
        double[] values = new double[n];
        Arrays.setAll(values, value);
        return values;
    }

    private static double pairs(double[] a, double[] b) {
        double sum = 0;
        for (double x : a) {
            for (double y : b) {
                sum += x > y ? 1 : x == y ? 0.5 : 0;
            }
        }
        return sum / ((double) a.length * b.length);
    }

    /** Few different values, so many ties. */
    @Test
    void isTheShareOfPairs() {
        for (int round = 0; round < 200; round++) {
            double[] a = values(1 + random.nextInt(30), i -> random.nextInt(8));
            double[] b = values(1 + random.nextInt(30), i -> random.nextInt(8) - 1);
            assertEquals(pairs(a, b), Auroc.of(a, b), 0);
            assertEquals(1, Auroc.of(a, b) + Auroc.of(b, a), 1e-15);
        }
        double[] x = values(500, i -> random.nextGaussian());
        double[] y = values(300, i -> random.nextGaussian() + 1);
        assertEquals(pairs(x, y), Auroc.of(x, y), 0);
    }

    /** For N(d, 1) against N(0, 1) it is Phi(d / sqrt 2); the standard error is below 1 / sqrt(4 n). */
    @Test
    void twoGaussians() {
        int n = 100_000;
        for (double d : new double[] {0, 0.5, 2}) {
            double[] a = values(n, i -> random.nextGaussian() + d);
            double[] b = values(n, i -> random.nextGaussian());
            double expected = 0.5 * (1 + Erf.erf(d / 2));
            assertEquals(expected, Auroc.of(a, b), 3 / Math.sqrt(4.0 * n));
        }
    }

    @Test
    void theExtremesAreExact() {
        assertEquals(1, Auroc.of(new double[] {2, 3}, new double[] {0, 1}), 0);
        assertEquals(0, Auroc.of(new double[] {0}, new double[] {1, 2, 3}), 0);
        assertEquals(0.5, Auroc.of(new double[] {-0.0, 0.0}, new double[] {0.0}), 0);
        assertEquals(0.75, Auroc.of(new double[] {Double.POSITIVE_INFINITY, 1}, new double[] {1, 1, 1, 1}), 0);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "positives must be at least one number and no NaN, but are empty",
                message(() -> Auroc.of(new double[0], new double[1])));
        assertEquals(
                "negatives must be at least one number and no NaN, but are NaN in part",
                message(() -> Auroc.of(new double[1], new double[] {1, Double.NaN})));
    }
}
