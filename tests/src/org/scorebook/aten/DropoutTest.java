package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.Seeded;

/** Numbers are dropped as often as they should be, each apart from the others, and the rest makes up for them. */
class DropoutTest {
    private static final int QUARTER = 60_000;

    @Seeded(7)
    private NDManager manager;

    private static boolean[] dropped(NDArray y) {
        float[] values = y.toType(DataType.FLOAT32, true).toFloatArray();
        boolean[] dropped = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            dropped[i] = values[i] == 0;
        }
        return dropped;
    }

    /** How often it is so, against a probability, within five standard deviations of a binomial. */
    private static void assertShare(double probability, int count, int tries) {
        double deviation = Math.sqrt(probability * (1 - probability) / tries);
        assertEquals(probability, (double) count / tries, 5 * deviation);
    }

    @ParameterizedTest
    @CsvSource({"0.1, FLOAT32", "0.3, FLOAT32", "0.5, FLOAT32", "0.9, FLOAT32", "0.3, FLOAT64"})
    void dropsAsOftenAsItShouldAndEachApart(double rate, DataType type) {
        NDArray x = manager.full(new Shape(4, QUARTER), 2, type);
        NDArray y = Dropout.of(x, rate);
        assertEquals(type, y.getDataType());
        boolean[] dropped = dropped(y);
        for (int row = 0; row < 4; row++) { // numbers of one column are of the same random bits
            int count = 0;
            int next = 0;
            int[] both = new int[4];
            for (int i = 0; i < QUARTER; i++) {
                boolean here = dropped[row * QUARTER + i];
                count += here ? 1 : 0;
                next += here && i > 0 && dropped[row * QUARTER + i - 1] ? 1 : 0;
                for (int other = 0; other < row; other++) {
                    both[other] += here && dropped[other * QUARTER + i] ? 1 : 0;
                }
            }
            assertShare(rate, count, QUARTER);
            assertShare(rate * rate, next, QUARTER);
            for (int other = 0; other < row; other++) {
                assertShare(rate * rate, both[other], QUARTER);
            }
        }
        assertEquals(2 / (1 - rate), y.max().toType(DataType.FLOAT64, true).getDouble(), 2e-4 / (1 - rate));
        assertEquals(2, y.toType(DataType.FLOAT64, true).mean().getDouble(), 0.01 / (1 - rate));
    }

    /** Also where their number is no multiple of four, and where they do not lie in a row. */
    @Test
    void theGradientIsOfWhatWasKept() {
        NDArray plane = manager.randomUniform(1, 2, new Shape(5, 7));
        for (NDArray x : new NDArray[] {
            manager.ones(new Shape(1)),
            manager.ones(new Shape(3)),
            manager.randomUniform(1, 2, new Shape(2, 3, 5)),
            plane.transpose(),
            plane.get(":, 1:4"),
            manager.randomUniform(1, 2, new Shape(2, 5, 3, 7)).transpose(0, 3, 1, 2) // channels last
        }) {
            assertKept(x.toFloatArray(), Dropout.of(x, 0.5).toFloatArray()); // as it lies; what follows is of a copy
            float[] y = new float[(int) x.size()];
            NDArray gradient = Autograd.gradientAt(
                    points -> {
                        NDArray kept = Dropout.of(points, 0.5);
                        System.arraycopy(kept.toFloatArray(), 0, y, 0, y.length);
                        assertEquals(points.getShape(), kept.getShape());
                        return kept.sum();
                    },
                    x);
            float[] values = x.toFloatArray();
            float[] slopes = gradient.toFloatArray();
            for (int i = 0; i < y.length; i++) {
                assertEquals(y[i] == 0 ? 0 : 2, slopes[i]);
                assertEquals(slopes[i] * values[i], y[i]);
            }
        }
    }

    private static void assertKept(float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            assertTrue(y[i] == 0 || y[i] == 2 * x[i]);
        }
    }

    @Test
    void theSeedDecides() {
        NDArray x = manager.ones(new Shape(1001));
        float[][] found = new float[3][];
        for (int i = 0; i < 3; i++) {
            manager.getEngine().setRandomSeed(i / 2);
            found[i] = Dropout.of(x, 0.5).toFloatArray();
        }
        assertArrayEquals(found[0], found[1]);
        assertTrue(manager.create(found[0]).neq(manager.create(found[2])).sum().getLong() > 300);
    }

    @Test
    void limits() {
        NDArray x = manager.randomNormal(new Shape(100));
        assertArrayEquals(x.toFloatArray(), Dropout.of(x, 0).toFloatArray());
        assertTrue(Torch.isFinite(Dropout.of(x, Math.nextDown(1.0))));
        for (double rate : new double[] {1, -0.1, Double.NaN}) {
            assertEquals(
                    "rate must be from 0 to below 1, but is " + rate,
                    assertThrows(IllegalArgumentException.class, () -> Dropout.of(x, rate))
                            .getMessage());
        }
    }
}
