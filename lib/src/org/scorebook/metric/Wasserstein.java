package org.scorebook.metric;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.scorebook.base.Require;

/** The Wasserstein distance of order 1: the least mean distance over which one distribution can be moved to the other. */
public final class Wasserstein {
    private Wasserstein() {}

    /**
     * Between two samples of numbers, exactly: the area between their cumulative distributions,
     * {@code W_1 = integral |F(x) - G(x)| dx}. Two samples of one distribution are not at distance 0; that floor shrinks as
     * one over the square root of their size.
     *
     * <p>Source: Peyré, Cuturi, Computational Optimal Transport (2019), remark 2.30.
     *
     * @param a at least one finite number, in any order
     * @param b at least one finite number, in any order; may be of another length
     * @return in the unit of the numbers, 0 or more
     */
    public static double oneDimensional(float[] a, float[] b) {
        return between(sorted("a", a), sorted("b", b));
    }

    /** As {@link #oneDimensional(float[], float[])}. */
    public static double oneDimensional(double[] a, double[] b) {
        return between(sorted("a", a), sorted("b", b));
    }

    private static double between(double[] x, double[] y) {
        double distance = 0;
        int i = 0;
        int j = 0;
        double last = Math.min(x[0], y[0]);
        while (i < x.length || j < y.length) {
            boolean fromX = j == y.length || (i < x.length && x[i] <= y[j]);
            double next = fromX ? x[i] : y[j];
            distance += Math.abs((double) i / x.length - (double) j / y.length) * (next - last);
            last = next;
            i += fromX ? 1 : 0;
            j += fromX ? 0 : 1;
        }
        return distance;
    }

    /**
     * Between a sample of numbers and a distribution that is given by its quantile function Q,
     * {@code W_1 = integral_0^1 |F^-1(u) - Q(u)| du} at the mid-points of n parts: {@code 1/n sum_i |x_i - Q((i + 1/2) / n)|}
     * with x sorted and i from 0. That is an approximation, whose error is of order 1/n for a distribution on a bounded
     * interval, and greater by a factor of order sqrt(log n) for a Gaussian.
     *
     * <p>Source: Peyré, Cuturi, Computational Optimal Transport (2019), remark 2.30.
     *
     * @param a at least one finite number, in any order
     * @param quantile the number that a given share of the distribution is below; asked between 0 and 1, both excluded
     * @return in the unit of the numbers, 0 or more
     */
    public static double oneDimensional(float[] a, DoubleUnaryOperator quantile) {
        Require.given("quantile", quantile);
        double[] x = sorted("a", a);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double share = (i + 0.5) / x.length;
            double value = quantile.applyAsDouble(share);
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("quantile must be finite, but at " + share + " is " + value);
            }
            sum += Math.abs(x[i] - value);
        }
        return sum / x.length;
    }

    private static double[] sorted(String name, float[] values) {
        double[] wide = new double[Require.given(name, values).length];
        Arrays.setAll(wide, i -> values[i]);
        return sorted(name, wide);
    }

    private static double[] sorted(String name, double[] values) {
        if (Require.given(name, values).length == 0) {
            throw new IllegalArgumentException(name + " must have at least one number, but is empty");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException(
                    name + " must be finite, but has values from " + sorted[0] + " to " + sorted[sorted.length - 1]);
        }
        return sorted;
    }
}
