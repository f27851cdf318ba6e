package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistancesTest {
    @Test
    void movedSamplesAreAsFarAsTheyWereMoved() {
        float[] a = {3, 1, 2};
        assertEquals(0, Wasserstein.oneDimensional(a, new float[] {1, 2, 3}));
        assertEquals(2.5, Wasserstein.oneDimensional(a, new float[] {3.5f, 4.5f, 5.5f}), 1e-12);
        assertEquals(2.5, Wasserstein.oneDimensional(new float[] {3.5f, 4.5f, 5.5f}, a), 1e-12);
        assertEquals(1, Wasserstein.oneDimensional(new float[] {0}, new float[] {-1, 1}), 1e-12);
        assertEquals(
                0.5,
                Wasserstein.oneDimensional(new float[] {0, 1}, new float[] {0, 0, 1, 1, 0, 1, 2, 2}) * 4 / 3,
                1e-12);
    }

    /** Equal sizes: the mean distance of sorted pairs, an independent formula. */
    @Test
    void equalsTheMeanDistanceOfSortedPairs() {
        Random random = new Random(3);
        float[] a = numbers(random, 0, 500);
        float[] b = numbers(random, 0.7, 500);
        float[] x = a.clone();
        float[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        double expected = IntStream.range(0, 500)
                .mapToDouble(i -> Math.abs(x[i] - y[i]))
                .average()
                .orElseThrow();
        assertEquals(expected, Wasserstein.oneDimensional(a, b), 1e-6);
    }

    @Test
    void quantileFunctionsStandForTheirDistributions() {
        assertEquals(0.25, Wasserstein.oneDimensional(new float[] {0.25f, 0.75f}, u -> u + 0.25), 1e-12);
        assertEquals(0, Wasserstein.oneDimensional(new float[] {3, 1, 2}, u -> 0.5 + 3 * u), 1e-12);
        float[] exponential = new float[2000];
        for (int i = 0; i < 2000; i++) {
            exponential[i] = (float) -Math.log(1 - (i + 0.5) / 2000);
        }
        assertEquals(0, Wasserstein.oneDimensional(exponential, u -> -Math.log1p(-u)), 1e-6);
        assertEquals(1, Wasserstein.oneDimensional(exponential, u -> -2 * Math.log1p(-u)), 1e-3);
    }

    /** Against the logistic distribution by its closed form: a point at 0 is at the mean distance 2 log 2. */
    @Test
    void quantileFormErrsByOrderOneOverN() {
        DoubleUnaryOperator logistic = u -> Math.log(u / (1 - u));
        for (int n : new int[] {100, 1000, 10_000}) {
            assertEquals(2 * Math.log(2), Wasserstein.oneDimensional(new float[n], logistic), 1.0 / n);
        }
        assertEquals(Math.sqrt(2 / Math.PI), Wasserstein.oneDimensional(new float[2000], normalQuantile()), 1e-3);
    }

    /** The normal distribution's quantile by bisection of its distribution function, a sum over a fine grid. */
    private static DoubleUnaryOperator normalQuantile() {
        double spacing = 1e-3;
        double[] cumulative = new double[16_001];
        for (int i = 1; i < cumulative.length; i++) {
            cumulative[i] = cumulative[i - 1] + spacing * gaussian((i - 0.5) * spacing - 8, 0, 1);
        }
        return u -> {
            int i = Arrays.binarySearch(cumulative, u);
            return (i < 0 ? -i - 1.5 : i) * spacing - 8;
        };
    }

    @Test
    void gaussiansHaveTheirClosedForm() {
        double spacing = 0.01;
        double[] p = IntStream.range(-1500, 1500)
                .mapToDouble(i -> gaussian(i * spacing, 1, 0.5))
                .toArray();
        double[] q = IntStream.range(-1500, 1500)
                .mapToDouble(i -> gaussian(i * spacing, 0, 2))
                .toArray();
        double expected = Math.log(2 / 0.5) + (0.25 + 1) / (2 * 4) - 0.5;
        assertEquals(expected, KullbackLeibler.onGrid(p, q, spacing), 1e-10);
        assertEquals(0, KullbackLeibler.onGrid(p, p, spacing));
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "a must have at least one number, but is empty",
                message(() -> Wasserstein.oneDimensional(new float[0], new float[1])));
        assertEquals(
                "b must be finite, but has values from 0.0 to NaN",
                message(() -> Wasserstein.oneDimensional(new float[1], new float[] {Float.NaN, 0})));
        assertEquals(
                "quantile must be finite, but at 0.5 is NaN",
                message(() -> Wasserstein.oneDimensional(new float[1], u -> Double.NaN)));
        assertEquals(
                "a must have at least one number, but is empty",
                message(() -> Wasserstein.oneDimensional(new float[0], u -> u)));
        assertEquals(
                "p and q must have one length, at least 1, but have 1 and 2",
                message(() -> KullbackLeibler.onGrid(new double[1], new double[2], 1)));
        assertEquals(
                "q must be positive wherever p is, and p 0 or more, but at 0 they are 0.0 and 1.0",
                message(() -> KullbackLeibler.onGrid(new double[] {1}, new double[] {0}, 1)));
        assertEquals(
                "spacing must be positive and finite, but is 0.0",
                message(() -> KullbackLeibler.onGrid(new double[] {1}, new double[] {1}, 0)));
    }

    /** What is no density has no divergence: sums of them would be any number, also a negative one. */
    @Test
    void divergencesAreOfDensities() {
        assertEquals(
                "p and q must have one length, at least 1, but have 0 and 0",
                message(() -> KullbackLeibler.onGrid(new double[0], new double[0], 1)));
        double[] density = {0.25, 0.5, 0.25};
        double[] doubled = {0.5, 1, 0.5};
        double[] part = {0.1, 0.2, 0.1};
        assertEquals(
                "p must have the integral 1 over the grid, and q 1 or less, but they have 1.0 and 2.0: divide each by its"
                        + " sum times the spacing, or take a wider or finer grid",
                message(() -> KullbackLeibler.onGrid(density, doubled, 1)));
        assertTrue(message(() -> KullbackLeibler.onGrid(part, density, 1)).startsWith("p must have the integral 1"));
        assertEquals(-Math.log(0.4), KullbackLeibler.onGrid(density, part, 1), 1e-12, "q may reach beyond the grid");
    }

    /** The distance is one of differences, so a shift of both samples changes nothing, however large. */
    @Test
    void farFromTheOriginNothingIsLost() {
        double[] a = {1e9, 1e9 + 1, 1e9 + 2};
        double[] b = {1e9 + 0.25, 1e9 + 1.25, 1e9 + 2.25};
        assertEquals(0.25, Wasserstein.oneDimensional(a, b), 1e-9);
    }

    private static float[] numbers(Random random, double shift, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextGaussian() + shift);
        }
        return numbers;
    }

    private static double gaussian(double x, double mean, double deviation) {
        return Math.exp(-Math.pow((x - mean) / deviation, 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));
    }
}
