package org.scorebook.toy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.Seeded;

class PointSetsTest {
    private static final int MANY = 40_000;

    static PointSet[] all() {
        return new PointSet[] {
            new SwissRoll(), new SCurve(0.1), new Moons(), new Circles(0.02, 0.5), new Checkerboard(), new Pinwheel()
        };
    }

    @ParameterizedTest
    @MethodSource("all")
    void seedDecidesThePoints(PointSet set) {
        assertTrue(Arrays.deepEquals(set.points(101, 7), set.points(101, 7)));
        assertFalse(Arrays.deepEquals(set.points(101, 7), set.points(101, 8)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void anyNumberCanBeDrawn(PointSet set) {
        for (int n : new int[] {1, 2, 3, 8, 1001}) {
            double[][] points = set.points(n, 1);
            assertEquals(n, points.length);
            for (double[] point : points) {
                assertTrue(point.length == 2 && Double.isFinite(point[0] + point[1]), Arrays.toString(point));
            }
        }
        for (int n : new int[] {0, -3}) {
            String expected = "n must be at least 1, but is " + n;
            assertEquals(expected, message(() -> set.points(n, 1)));
            assertEquals(expected, message(() -> set.points(n, new SplittableRandom(1))));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void samplesAreTheSamePointsInFloat32(PointSet set, @Seeded(1) NDManager manager) {
        NDArray sample = set.sample(manager, 33, 4);
        assertEquals(new Shape(33, 2), sample.getShape());
        assertEquals(DataType.FLOAT32, sample.getDataType());
        double[][] points = set.points(33, 4);
        for (int i = 0; i < 33; i++) {
            assertEquals((float) points[i][0], sample.getFloat(i, 0));
            assertEquals((float) points[i][1], sample.getFloat(i, 1));
        }
    }

    @Test
    void swissRollsRadiusIsItsAngle() {
        double[][] points = new SwissRoll().points(MANY, 2);
        for (double[] point : points) {
            double t = Math.hypot(point[0], point[1]);
            assertTrue(t >= 1.5 * Math.PI - 1e-12 && t <= 4.5 * Math.PI, "t = " + t);
            assertArrayEquals(new double[] {t * Math.cos(t), t * Math.sin(t)}, point, 1e-9);
        }
        assertUniform(points, p -> Math.hypot(p[0], p[1]), 1.5 * Math.PI, 4.5 * Math.PI);
    }

    @Test
    void sCurveIsTwoArcsThatJoinAtTheOrigin() {
        double[][] points = new SCurve().points(MANY, 2);
        for (double[] point : points) {
            double sine = point[0];
            double cosine = 1 - Math.abs(point[1]);
            assertEquals(1, sine * sine + cosine * cosine, 1e-12);
            // the open quarter of each circle: sin t and t have one sign until t = pi, then others until 1.5 pi
            assertTrue(cosine <= 1e-12 || sine * point[1] <= 0, Arrays.toString(point));
        }
        assertUniform(points, PointSetsTest::sCurveTime, -1.5 * Math.PI, 1.5 * Math.PI);
    }

    private static double sCurveTime(double[] point) {
        double sign = -Math.signum(point[1]);
        double turn = Math.atan2(sign * point[0], 1 - Math.abs(point[1]));
        return sign * (turn < -Math.PI / 2 ? turn + 2 * Math.PI : turn);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "7, 3", "100, 50"})
    void moonsAreEvenlySpacedHalfCircles(int n, int upper) {
        double[][] points = new Moons().points(n, 3);
        double[] above = times(points, p -> Math.hypot(p[0], p[1]), p -> Math.atan2(p[1], p[0]));
        double[] below = times(points, p -> Math.hypot(p[0] - 1, p[1] - 0.5), p -> Math.atan2(0.5 - p[1], 1 - p[0]));
        assertArrayEquals(spaced(upper, Math.PI / Math.max(1, upper - 1)), above, 1e-12);
        assertArrayEquals(spaced(n - upper, Math.PI / Math.max(1, n - upper - 1)), below, 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "7, 3", "100, 50"})
    void circlesAreEvenlySpaced(int n, int outer) {
        double[][] points = new Circles(0, 0.5).points(n, 3);
        double[] out = times(points, p -> Math.hypot(p[0], p[1]), PointSetsTest::fullAngle);
        double[] in = times(points, p -> 2 * Math.hypot(p[0], p[1]), PointSetsTest::fullAngle);
        assertArrayEquals(spaced(outer, 2 * Math.PI / Math.max(1, outer)), out, 1e-12);
        assertArrayEquals(spaced(n - outer, 2 * Math.PI / (n - outer)), in, 1e-12);
        assertEquals(0.8, Math.hypot(new Circles().points(1, 1)[0][0], new Circles().points(1, 1)[0][1]), 1e-12);
    }

    @Test
    void evenlySpacedPointsComeInRandomOrder() {
        double[][] points = new Moons().points(1000, 1);
        long upperFirst = Arrays.stream(points)
                .limit(500)
                .filter(p -> Math.abs(Math.hypot(p[0], p[1]) - 1) < 1e-12)
                .count();
        assertEquals(250, upperFirst, 4 * Math.sqrt(1000 / 16.0));
    }

    /** Each of the eight black squares has an eighth of the points, within four standard errors, and is evenly filled. */
    @Test
    void checkerboardFillsItsBlackSquares() {
        double[][] points = new Checkerboard().points(MANY, 5);
        int[][] counts = new int[4][4];
        for (double[] point : points) {
            assertTrue(Math.max(Math.abs(point[0]), Math.abs(point[1])) <= 4, Arrays.toString(point));
            counts[(int) Math.floor(point[0] / 2) + 2][(int) Math.floor(point[1] / 2) + 2]++;
        }
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double expected = (i + j) % 2 == 0 ? MANY / 8.0 : 0;
                assertEquals(expected, counts[i][j], 4 * Math.sqrt(expected * 7 / 8));
            }
        }
        assertUniform(points, p -> p[0] - 2 * Math.floor(p[0] / 2), 0, 2);
        assertUniform(points, p -> p[1] - 2 * Math.floor(p[1] / 2), 0, 2);
    }

    @Test
    void pinwheelsArmsBendByTheirFormula() {
        double[][] points = new Pinwheel(0.1, 0, 5, 0.25).points(1003, 6);
        int[] counts = new int[5];
        for (double[] point : points) {
            double r = Math.hypot(point[0], point[1]) / 2;
            double arm = (-Math.atan2(point[1], point[0]) - 0.25 * Math.exp(r)) / (2 * Math.PI / 5);
            assertEquals(Math.rint(arm), arm, 1e-9);
            counts[Math.floorMod((int) Math.rint(arm), 5)]++;
        }
        Arrays.sort(counts);
        assertArrayEquals(new int[] {200, 200, 201, 201, 201}, counts);
    }

    /** {@code E |x|^2 / 4 = 1 + 0.3^2 + 0.1^2}, and turning by {@code rate exp(r)} back leaves 0.1 across the arms. */
    @Test
    void pinwheelHasItsMoments() {
        double[][] points = new Pinwheel().points(MANY, 6);
        double variance = 4 * 0.09 + 2 * 0.0081 + 2 * 0.0001;
        assertEquals(1.1, mean(points, p -> (p[0] * p[0] + p[1] * p[1]) / 4), 4 * Math.sqrt(variance / MANY));
        double[][] straight = new Pinwheel(0.3, 0.1, 1, 0).points(MANY, 6);
        assertEquals(2, mean(straight, p -> p[0]), 4 * 0.6 / Math.sqrt(MANY));
        assertEquals(0.6, deviation(straight, p -> p[0]), 4 * 0.6 / Math.sqrt(2.0 * MANY));
        assertEquals(0, mean(straight, p -> p[1]), 4 * 0.2 / Math.sqrt(MANY));
        assertEquals(0.2, deviation(straight, p -> p[1]), 4 * 0.2 / Math.sqrt(2.0 * MANY));
    }

    /** One seed gives the same points below any noise, so the noise is a difference. */
    @Test
    void noiseHasItsDeviation() {
        PointSet[] clean = {new SwissRoll(), new SCurve(), new Moons(), new Circles()};
        PointSet[] noisy = {new SwissRoll(0.3), new SCurve(0.3), new Moons(0.3), new Circles(0.3, 0.8)};
        double error = 0.3 / Math.sqrt(MANY);
        for (int k = 0; k < clean.length; k++) {
            double[][] noise = noisy[k].points(MANY, 8);
            double[][] curve = clean[k].points(MANY, 8);
            for (int i = 0; i < MANY; i++) {
                noise[i][0] -= curve[i][0];
                noise[i][1] -= curve[i][1];
            }
            for (int d : new int[] {0, 1}) {
                assertEquals(0, mean(noise, p -> p[d]), 4 * error);
                assertEquals(0.3, deviation(noise, p -> p[d]), 4 * error / Math.sqrt(2));
            }
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("noise must be 0 or more and finite, but is -0.1", message(() -> new SwissRoll(-0.1)));
        assertEquals("noise must be 0 or more and finite, but is NaN", message(() -> new Moons(Double.NaN)));
        assertEquals(
                "noise must be 0 or more and finite, but is Infinity",
                message(() -> new SCurve(Double.POSITIVE_INFINITY)));
        assertEquals("noise must be 0 or more and finite, but is -1.0", message(() -> new Circles(-1, 0.5)));
        for (double factor : new double[] {1, -0.1, Double.NaN}) {
            assertEquals("factor must be from 0 to below 1, but is " + factor, message(() -> new Circles(0, factor)));
        }
        assertEquals("radial must be 0 or more and finite, but is -1.0", message(() -> new Pinwheel(-1, 0.1, 5, 0.25)));
        assertEquals(
                "tangential must be 0 or more and finite, but is NaN",
                message(() -> new Pinwheel(0.3, Double.NaN, 5, 0.25)));
        assertEquals("arms must be at least 1, but is 0", message(() -> new Pinwheel(0.3, 0.1, 0, 0.25)));
        assertEquals("rate must be finite, but is NaN", message(() -> new Pinwheel(0.3, 0.1, 5, Double.NaN)));
    }

    /** The sorted times of those points whose distance is 1. */
    private static double[] times(
            double[][] points, ToDoubleFunction<double[]> distance, ToDoubleFunction<double[]> time) {
        return Arrays.stream(points)
                .filter(p -> Math.abs(distance.applyAsDouble(p) - 1) < 1e-12)
                .mapToDouble(time)
                .sorted()
                .toArray();
    }

    /** From 0 to below 2 pi, where rounding below 0 counts as 0. */
    private static double fullAngle(double[] point) {
        double angle = Math.atan2(point[1], point[0]);
        return angle < -1e-12 ? angle + 2 * Math.PI : angle;
    }

    private static double[] spaced(int count, double step) {
        double[] times = new double[count];
        Arrays.setAll(times, i -> i * step);
        return times;
    }

    /** The largest difference from the uniform distribution function (Kolmogorov and Smirnov, 0.1 % level). */
    private static void assertUniform(double[][] points, ToDoubleFunction<double[]> value, double from, double to) {
        double[] values = Arrays.stream(points).mapToDouble(value).sorted().toArray();
        DoubleUnaryOperator cumulative = x -> (x - from) / (to - from);
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            double above = (i + 1.0) / values.length - cumulative.applyAsDouble(values[i]);
            largest = Math.max(largest, Math.max(above, 1.0 / values.length - above));
        }
        assertTrue(largest < 1.95 / Math.sqrt(values.length), "largest difference " + largest);
    }

    static double mean(double[][] points, ToDoubleFunction<double[]> value) {
        return Arrays.stream(points).mapToDouble(value).average().orElseThrow();
    }

    static double deviation(double[][] points, ToDoubleFunction<double[]> value) {
        double mean = mean(points, value);
        return Math.sqrt(mean(points, p -> Math.pow(value.applyAsDouble(p) - mean, 2)));
    }
}
