package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

class FeatureStatisticsTest {
    @Seeded(5)
    private NDManager manager;

    @Test
    void threePointsByHand() {
        NDArray points = manager.create(new float[][] {{1, 2}, {3, 2}, {5, 8}});
        FeatureStatistics set = FeatureStatistics.of(points);
        assertEquals(3, set.count());
        assertEquals(2, set.dimension());
        assertArrayEquals(new double[] {3, 4}, set.mean(), 1e-15);
        assertArrayEquals(new double[] {4, 6, 6, 12}, set.covariance(), 1e-14);
    }

    /** Far from 0, where sums of squares would lose ten digits; against the textbook formula on the centred vectors. */
    @Test
    void howASetIsCutUpDoesNotMatter() {
        NDArray x = manager.randomNormal(0, 1, new Shape(501, 7), DataType.FLOAT64);
        NDArray far = x.add(1e4);
        FeatureStatistics whole = FeatureStatistics.of(far);
        FeatureStatistics rows = new FeatureStatistics(7);
        FeatureStatistics shard = new FeatureStatistics(7);
        FeatureStatistics last = FeatureStatistics.of(far.get("400:"));
        for (int i = 0; i < 400; i++) {
            (i % 3 == 0 ? rows : shard).add(far.get(i + ":" + (i + 1)));
        }
        last.add(shard);
        last.add(rows);
        assertEquals(501, last.count());
        assertArrayEquals(whole.mean(), last.mean(), 1e-12 * 1e4);
        assertArrayEquals(whole.covariance(), last.covariance(), 1e-12);
        NDArray centered = x.sub(x.mean(new int[] {0}));
        assertArrayEquals(centered.transpose().matMul(centered).div(500).toDoubleArray(), whole.covariance(), 1e-11);
    }

    @Test
    void aSetMayBeAddedToItself() {
        NDArray x = manager.randomNormal(0, 1, new Shape(9, 3), DataType.FLOAT64);
        FeatureStatistics set = FeatureStatistics.of(x);
        set.add(set);
        set.add(new FeatureStatistics(3));
        FeatureStatistics twice = FeatureStatistics.of(x.concat(x));
        assertEquals(18, set.count());
        assertArrayEquals(twice.mean(), set.mean(), 1e-15);
        assertArrayEquals(twice.covariance(), set.covariance(), 1e-14);
    }

    @Test
    void numbersGoOutAndIn() {
        FeatureStatistics set = FeatureStatistics.of(manager.randomNormal(new Shape(9, 3)));
        FeatureStatistics read = FeatureStatistics.of(set.count(), set.mean(), set.covariance());
        assertEquals(9, read.count());
        assertArrayEquals(set.mean(), read.mean());
        assertArrayEquals(set.covariance(), read.covariance(), 1e-15);
        FeatureStatistics more = FeatureStatistics.of(manager.randomNormal(new Shape(5, 3)));
        read.add(more);
        set.add(more);
        assertArrayEquals(set.covariance(), read.covariance(), 1e-15);
    }

    @Test
    void badArgumentsAreNamed() {
        FeatureStatistics set = new FeatureStatistics(3);
        NDArray wide = manager.zeros(new Shape(5, 4));
        NDArray bad = manager.full(new Shape(5, 3), Float.NaN);
        assertEquals("features must have 3 numbers each, as those before, but have 4", message(() -> set.add(wide)));
        assertEquals("features must be finite, but its largest absolute value is NaN", message(() -> set.add(bad)));
        assertEquals(0, set.count());
        assertEquals("dimension must be at least 1, but is 0", message(() -> new FeatureStatistics(0)));
        assertEquals("dimension must be at least 1, but is -1", message(() -> new FeatureStatistics(-1)));
        assertEquals(
                "count must be at least 1 and covariance the square of mean in length, but are 2 and 3 for 2",
                message(() -> FeatureStatistics.of(2, new double[2], new double[3])));
        assertEquals(
                "covariance must be symmetric, with variances of 0 or more and correlations from -1 to 1, but at (0, 0) is"
                        + " -1.0, at (0, 0) -1.0, with the variances -1.0 and -1.0",
                message(() -> FeatureStatistics.of(9, new double[1], new double[] {-1})));
        for (double[] wrong : new double[][] {{1, 0.5, 0.2, 1}, {1, 1.1, 1.1, 1}, {0, 0.1, 0.1, 1}}) {
            String message = message(() -> FeatureStatistics.of(9, new double[2], wrong));
            assertTrue(message.startsWith("covariance must be symmetric"), message);
            assertTrue(message.contains("at (1, 0) is " + wrong[2]), message);
        }
        double kept = (float) 0.3;
        FeatureStatistics.of(9, new double[2], new double[] {1, 0.3, kept, 1}); // from a file in float32
    }
}
