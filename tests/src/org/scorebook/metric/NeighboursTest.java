package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

/** Nearest neighbours, and precision and recall, which rest on them. */
class NeighboursTest {
    @Seeded(5)
    private NDManager manager;

    @Test
    void neighboursByHand() {
        NDArray set = manager.create(new float[][] {{0, 0}, {3, 4}, {0, 1}, {10, 0}});
        NDArray points = manager.create(new float[][] {{0, 0}, {9, 0}, {3, 4}});
        NearestNeighbours found = NearestNeighbours.of(points, set, 2);
        assertArrayEquals(new int[][] {{0, 2}, {3, 1}, {1, 2}}, found.indices());
        assertArrayEquals(new double[] {0, 1}, found.distances()[0], 1e-15);
        assertArrayEquals(new double[] {1, Math.sqrt(52)}, found.distances()[1], 1e-14);
        assertArrayEquals(new double[] {0, Math.sqrt(18)}, found.distances()[2], 1e-14);
    }

    /** Points with many numbers, far from 0, in several blocks: a copy is at distance 0. */
    @Test
    void copiesAreAtNoDistance() {
        NDArray set = manager.randomNormal(new Shape(3000, 20)).add(100);
        NDArray points = set.get("0:2000");
        NearestNeighbours found = NearestNeighbours.of(points, set, 3);
        for (int i = 0; i < 2000; i++) {
            assertEquals(i, found.indices()[i][0]);
            assertEquals(0, found.distances()[i][0]);
        }
        double second = points.get(7)
                .sub(set.get(found.indices()[7][1]))
                .square()
                .sum()
                .sqrt()
                .getFloat();
        assertEquals(second, found.distances()[7][1], 1e-5);
    }

    /** Four real points on a line, each at 1 from the next: with k = 1 their balls cover [-1, 4]. */
    @Test
    void precisionByHand() {
        NDArray real = manager.create(new float[][] {{0}, {1}, {2}, {3}});
        NDArray generated = manager.create(new float[][] {{0.5f}, {0.8f}, {3.9f}, {4.5f}, {-7}});
        PrecisionRecall found = PrecisionRecall.of(generated, real, 1);
        // generated balls: radii 0.3, 0.3, 0.6, 0.6 and 7.5, so [0.2, 1.1], [3.3, 5.1] and [-14.5, 0.5]
        assertEquals(new PrecisionRecall(3 / 5.0, 2 / 4.0, 1, 5, 4), found);
        assertEquals("precision 0.600, recall 0.500 (k = 1, N = 5 and 4)", found.toString());
    }

    /** Of {1, 2, 2} the balls of 2 have radius 0, and that of 1 radius 1; of {4, 3, 4} that of 3 reaches from 2 to 4. */
    @Test
    void pointsOnTheSurfaceAreInside() {
        NDArray real = manager.create(new float[][] {{4}, {3}, {4}});
        NDArray generated = manager.create(new float[][] {{1}, {2}, {2}});
        assertEquals(new PrecisionRecall(2 / 3.0, 0, 1, 3, 3), PrecisionRecall.of(generated, real, 1));
        assertEquals(new PrecisionRecall(0, 2 / 3.0, 1, 3, 3), PrecisionRecall.of(real, generated, 1));
    }

    /** Points of a lattice are at few distances, so that most are on a surface: all against all, in whole numbers. */
    @Test
    void latticesAreExact() {
        SplittableRandom random = new SplittableRandom(3);
        for (int dimension = 1; dimension <= 4; dimension++) {
            double[][] a = lattice(random, 60, dimension);
            double[][] b = lattice(random, 45, dimension);
            for (int k = 1; k <= 3; k++) {
                PrecisionRecall expected = new PrecisionRecall(inside(a, b, k), inside(b, a, k), k, 60, 45);
                assertEquals(expected, PrecisionRecall.of(manager.create(a), manager.create(b), k));
            }
            double[][] distances = NearestNeighbours.of(manager.create(a), manager.create(b), 3)
                    .distances();
            for (int i = 0; i < 60; i++) {
                assertArrayEquals(Arrays.copyOf(sortedDistances(a[i], b), 3), distances[i]);
            }
        }
    }

    /** The same three differences in another order, whose squares add up to another last digit, are the same distance. */
    @Test
    void equalDistancesAreEqualInAnyOrderOfCoordinates() {
        NDArray real = manager.create(new double[][] {{0, 0, 0}, {0.1, 0.7, 0.3}});
        for (double[] other : new double[][] {{0.3, 0.1, 0.7}, {0.7, 0.3, 0.1}, {0.1, 0.3, 0.7}, {-0.7, 0.1, -0.3}}) {
            NDArray generated = manager.create(new double[][] {other, {50, 50, 50}});
            assertEquals(0.5, PrecisionRecall.of(generated, real, 1).precision(), Arrays.toString(other));
        }
    }

    /** One point far away must not blur the distances of the others. */
    @Test
    void anOutlierBlursNothing() {
        double[][] set = {{0}, {1e-3}, {3e-3}, {7e-3}, {1e8}};
        double[][] points = {{-0.5e-3}, {2.2e-3}, {20e-3}, {2e8}};
        NearestNeighbours found = NearestNeighbours.of(manager.create(points), manager.create(set), 2);
        assertArrayEquals(new int[][] {{0, 1}, {2, 1}, {3, 2}, {4, 3}}, found.indices());
        PrecisionRecall expected = new PrecisionRecall(inside(points, set, 1), inside(set, points, 1), 1, 4, 5);
        assertEquals(expected, PrecisionRecall.of(manager.create(points), manager.create(set), 1));
    }

    @Test
    void nothingStaysBehind() {
        NDArray a = manager.create(lattice(new SplittableRandom(3), 30, 2));
        NDArray b = manager.create(lattice(new SplittableRandom(4), 20, 2));
        int arrays = manager.getManagedArrays().size();
        NearestNeighbours.of(a, b, 2);
        PrecisionRecall.of(a, b, 2);
        assertEquals(arrays, manager.getManagedArrays().size());
    }

    private static double[][] lattice(SplittableRandom random, int count, int dimension) {
        double[][] points = new double[count][];
        Arrays.setAll(
                points, i -> random.doubles(dimension, 0, 5).map(Math::floor).toArray());
        return points;
    }

    /** By the definition. */
    private static double inside(double[][] points, double[][] set, int k) {
        double[] radii =
                Arrays.stream(set).mapToDouble(s -> sortedDistances(s, set)[k]).toArray();
        return Arrays.stream(points)
                .mapToInt(p -> IntStream.range(0, set.length).anyMatch(j -> distance(p, set[j]) <= radii[j]) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static double[] sortedDistances(double[] point, double[][] set) {
        return Arrays.stream(set).mapToDouble(s -> distance(point, s)).sorted().toArray();
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(d -> (a[d] - b[d]) * (a[d] - b[d]))
                .sum());
    }

    @Test
    void aSetCoversItself() {
        NDArray x = manager.randomNormal(new Shape(500, 40)).add(10);
        assertEquals(new PrecisionRecall(1, 1, 3, 500, 500), PrecisionRecall.of(x, x));
        NDArray copies = x.get("0:5").repeat(0, 5);
        assertEquals(new PrecisionRecall(1, 0.01, 3, 25, 500), PrecisionRecall.of(copies, x));
        assertEquals(new PrecisionRecall(0, 0, 3, 500, 500), PrecisionRecall.of(x.add(50), x));
    }

    /** Half the modes: what there is of them is right, the others are missing. */
    @Test
    void aMissingModeCostsRecall() {
        NDArray real = manager.randomNormal(new Shape(1000, 2)).mul(0.1);
        real.set(new ai.djl.ndarray.index.NDIndex("500:"), real.get("500:").add(5));
        PrecisionRecall found =
                PrecisionRecall.of(manager.randomNormal(new Shape(1000, 2)).mul(0.1), real);
        assertEquals(1, found.precision(), 0.03);
        assertEquals(0.5, found.recall(), 0.02);
    }

    @Test
    void anInterruptStops() {
        NDArray x = manager.randomNormal(new Shape(5000, 2));
        Thread.currentThread().interrupt();
        String message = assertThrows(CancellationException.class, () -> PrecisionRecall.of(x, x))
                .getMessage();
        assertEquals("distances were interrupted after 838 of 5000 rows", message);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void badArgumentsAreNamed() {
        NDArray two = manager.zeros(new Shape(2, 2));
        NDArray nine = manager.ones(new Shape(9, 2));
        assertEquals(
                "set must have at least 3 rows for k = 3, but has shape (2, 2)",
                message(() -> NearestNeighbours.of(nine, two, 3)));
        assertEquals("k must be at least 1, but is 0", message(() -> NearestNeighbours.of(nine, two, 0)));
        assertEquals(
                "real must have at least 3 rows for k = 2, but has shape (2, 2)",
                message(() -> PrecisionRecall.of(nine, two, 2)));
    }
}
