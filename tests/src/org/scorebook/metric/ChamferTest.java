package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.Seeded;
import org.scorebook.toy.PointSet;
import org.scorebook.toy.SwissRoll;

class ChamferTest {
    @Seeded(3)
    private NDManager manager;

    @Test
    void smallSetsByHand() {
        NDArray a = manager.create(new float[][] {{0, 0}, {3, 4}});
        NDArray b = manager.create(new float[][] {{0, 1}, {0, -2}, {3, 4}});
        assertEquals(new Distance(1 + 0 + 1 + 4 + 0, 2, 3), Chamfer.sum(a, b));
        assertEquals(1 / 2.0 + 5 / 3.0, Chamfer.mean(a, b).value(), 1e-15);
        assertEquals(new Distance(0, 2, 2), Chamfer.sum(a, a));
        assertEquals(new Distance(0, 2, 2), Chamfer.mean(a, a));
    }

    /** Also with more points than one block holds. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "70, 40, 3", "40, 70, 5", "1500, 1200, 2"})
    void equalsTheNaiveLoops(int n, int m, int dimension) {
        NDArray a = manager.randomNormal(new Shape(n, dimension));
        NDArray b = manager.randomNormal(new Shape(m, dimension)).toType(DataType.FLOAT64, false);
        double[][] x = rows(a);
        double[][] y = rows(b);
        double sum = toNearest(x, y) + toNearest(y, x);
        assertEquals(sum, Chamfer.sum(a, b).value(), 1e-10 * sum);
        double mean = toNearest(x, y) / n + toNearest(y, x) / m;
        assertEquals(mean, Chamfer.mean(a, b).value(), 1e-10 * mean);
        assertEquals(Chamfer.sum(a, b).value(), Chamfer.sum(b, a).value(), 1e-10 * sum);
    }

    /** Where {@code |a|^2 + |b|^2 - 2 a b} in float32 would leave no digit. */
    @Test
    void smallDistancesFarOutKeepTheirDigits() {
        NDArray a = manager.create(new float[][] {{4096, 4096}});
        NDArray b = a.add(manager.create(new float[] {0x1p-9f, 0}));
        assertEquals(2 * 0x1p-18, Chamfer.sum(a, b).value());
    }

    /**
     * Two samples of one curve: where there are lambda points on a unit of length, the nearest is exponentially distributed
     * with rate 2 lambda, so its mean square is {@code 1 / (2 lambda^2)}. On the roll {@code t (cos t, sin t)}, scaled by c,
     * {@code lambda = N / (3 pi c sqrt(1 + t^2))}, and the sum {@code (3 pi c)^2 (1 + E t^2) / N}. One value's standard error
     * is about 0.024.
     */
    @Test
    void twoDrawsOfASwissRollAreAtTheFloorOfTheirSize() {
        PointSet roll = new SwissRoll().standardized(2);
        double found = 0;
        for (int seed = 0; seed < 5; seed++) {
            NDArray a = roll.sample(manager, 2048, seed);
            found += Chamfer.sum(a, roll.sample(manager, 2048, 100 + seed)).value() / 5;
        }
        double meanSquare = Math.pow(3 * Math.PI, 2) * 13 / 12;
        double variance = (meanSquare - 4 - Math.pow(2 / (3 * Math.PI), 2)) / 2;
        double c = 2 / Math.sqrt(variance);
        double floor = Math.pow(3 * Math.PI * c, 2) * (1 + meanSquare) / 2048;
        assertEquals(floor, found, 4 * 0.024 / Math.sqrt(5));
    }

    @Test
    void leavesNothingBehindInTheManager() {
        NDArray a = manager.randomNormal(new Shape(2048, 2));
        NDArray b = manager.randomNormal(new Shape(2048, 2));
        int before = manager.getManagedArrays().size();
        assertEquals(2, before);
        for (int i = 0; i < 5; i++) {
            Chamfer.sum(a, b);
            Chamfer.mean(a, b);
            MaximumMeanDiscrepancy.squared(a, b, 1);
            MaximumMeanDiscrepancy.medianBandwidth(a, b);
            SlicedWasserstein.between(a, b, 3, i);
            ModeWeights.nearest(a, new double[][] {{0, 0}, {1, 1}});
        }
        assertEquals(before, manager.getManagedArrays().size());
    }

    @Test
    void distancesShowTheirSizes() {
        assertEquals("0.3312 (N = 2048 and 2048)", new Distance(0.33119, 2048, 2048).toString());
        assertEquals("-1.500e-05 (N = 10 and 20)", new Distance(-1.5e-5, 10, 20).toString());
        assertEquals("value must be a number, but is NaN", message(() -> new Distance(Double.NaN, 1, 1)));
        assertEquals("first and second must be at least 1, but are 3 and 0", message(() -> new Distance(1, 3, 0)));
    }

    @Test
    void badArgumentsAreNamed() {
        NDArray plane = manager.zeros(new Shape(4, 2));
        NDArray space = manager.zeros(new Shape(5, 3));
        NDArray none = manager.create(new Shape(0, 2));
        NDArray bad = manager.create(new float[][] {{0, 1}, {Float.NaN, 2}});
        assertEquals(
                "a and b must have one number of columns, but have shapes (4, 2) and (5, 3)",
                message(() -> Chamfer.sum(plane, space)));
        assertEquals(
                "a must have shape (B, D) with B at least 1, but has (0, 2)", message(() -> Chamfer.mean(none, plane)));
        assertEquals(
                "b must have shape (B, D) with B at least 1, but has (8)",
                message(() -> Chamfer.sum(plane, plane.reshape(8))));
        assertEquals("b must be finite, but its largest absolute value is NaN", message(() -> Chamfer.sum(plane, bad)));
        assertEquals(
                "a must be finite, but its largest absolute value is Infinity",
                message(() -> Chamfer.mean(plane.add(Float.POSITIVE_INFINITY), plane)));
    }

    private static double toNearest(double[][] from, double[][] to) {
        double total = 0;
        for (double[] x : from) {
            double least = Double.POSITIVE_INFINITY;
            for (double[] y : to) {
                double square = 0;
                for (int d = 0; d < x.length; d++) {
                    square += (x[d] - y[d]) * (x[d] - y[d]);
                }
                least = Math.min(least, square);
            }
            total += least;
        }
        return total;
    }

    private static double[][] rows(NDArray array) {
        int columns = (int) array.getShape().get(1);
        double[] flat = array.toType(DataType.FLOAT64, true).toDoubleArray();
        double[][] rows = new double[flat.length / columns][columns];
        for (int i = 0; i < flat.length; i++) {
            rows[i / columns][i % columns] = flat[i];
        }
        return rows;
    }
}
