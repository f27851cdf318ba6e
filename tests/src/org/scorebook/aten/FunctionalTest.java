package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.model.CentralDifferences;

/** Values against their formulas, gradients against central differences, in double precision. */
class FunctionalTest {
    @Seeded(5)
    private NDManager manager;

    @Test
    void silu() {
        double[] x = {-3, -0.5, 0, 2};
        double[] expected =
                java.util.Arrays.stream(x).map(v -> v / (1 + Math.exp(-v))).toArray();
        assertArrayEquals(expected, Functional.silu(manager.create(x)).toDoubleArray(), 1e-14);
        checkGradient(Functional::silu, 2, 3);
    }

    @Test
    void softplus() {
        double[] x = {-3, 0, 2, 25};
        double[] expected =
                java.util.Arrays.stream(x).map(v -> Math.log1p(Math.exp(v))).toArray();
        assertArrayEquals(expected, Functional.softplus(manager.create(x)).toDoubleArray(), 1e-8);
        checkGradient(Functional::softplus, 2, 3);
    }

    @Test
    void logSumExp() {
        NDArray x = manager.create(new double[] {1, 2, 3, 1000, 1000, 999}, new Shape(2, 3));
        double[] expected = {Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)), 1000 + Math.log(2 + Math.exp(-1))};
        assertArrayEquals(expected, Functional.logSumExp(x).toDoubleArray(), 1e-12);
        checkGradient(Functional::logSumExp, 2, 3);
    }

    @Test
    void upsampleRepeatsPixels() {
        NDArray x = manager.create(new double[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
        double[] expected = {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4};
        assertArrayEquals(expected, Functional.upsample(x).toDoubleArray());
        checkGradient(Functional::upsample, 1, 2, 2, 3);
    }

    @Test
    void crossEntropy() {
        NDArray labels = manager.create(new long[] {2, 0});
        double[] x = {1, 0, -1, 3, 2, 1};
        double row = Math.exp(1) + 1 + Math.exp(-1); // the second row is the first and 2
        double expected = ((Math.log(row) + 1) + (Math.log(row) + 2 - 3)) / 2;
        NDArray found = Functional.crossEntropy(manager.create(x, new Shape(2, 3)), labels);
        assertEquals(expected, found.getDouble(), 1e-14);
        checkGradient(logits -> Functional.crossEntropy(logits, labels), 2, 3);
    }

    /** PyTorch alone would take -100 for a label to be left out. */
    @Test
    void labelsOfCrossEntropyAreClasses() {
        NDArray logits = random(2, 3);
        for (long[] labels : new long[][] {{2, -100}, {3, 0}}) {
            assertEquals(
                    "labels must be from 0 to 2, but are from " + Math.min(labels[0], labels[1]) + " to "
                            + Math.max(labels[0], labels[1]),
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Functional.crossEntropy(logits, manager.create(labels)))
                            .getMessage());
        }
    }

    /** A pixel of the result is at {@code (i + 1/2) H / H' - 1/2}, between two pixels or beyond the last. */
    @Test
    void resize() {
        NDArray x = manager.create(new double[] {0, 1, 4, 10, 11, 14}, new Shape(1, 1, 2, 3));
        double[] rows = {0, 2.5, 7.5, 10};
        double[] columns = {0, 0.25, 0.75, 1.75, 3.25, 4};
        double[] found = Functional.resize(x, 4, 6).toDoubleArray();
        for (int i = 0; i < 24; i++) {
            assertEquals(rows[i / 6] + columns[i % 6], found[i], 1e-14);
        }
        checkGradient(y -> Functional.resize(y, 3, 2), 1, 2, 2, 3);
    }

    @Test
    void attention() {
        NDArray q = random(2, 3, 5, 4);
        NDArray k = random(2, 3, 5, 4);
        NDArray v = random(2, 3, 5, 4);
        NDArray weights = q.matMul(k.transpose(0, 1, 3, 2)).div(2).softmax(-1);
        assertArrayEquals(
                weights.matMul(v).toDoubleArray(),
                Functional.scaledDotProductAttention(q, k, v).toDoubleArray(),
                1e-12);
        checkGradient(x -> Functional.scaledDotProductAttention(x, k, v), 2, 3, 5, 4);
        checkGradient(x -> Functional.scaledDotProductAttention(q, x, x), 2, 3, 5, 4);
    }

    @Test
    void groupNorm() {
        NDArray x = random(2, 4, 3, 3);
        NDArray weight = manager.create(new double[] {1, 2, 3, 4});
        NDArray bias = manager.create(new double[] {0, -1, 0, 5});
        NDArray rows = x.reshape(4, 18);
        NDArray mean = rows.mean(new int[] {1}, true);
        NDArray variance = rows.sub(mean).square().mean(new int[] {1}, true);
        NDArray normal = rows.sub(mean).div(variance.add(1e-5).sqrt()).reshape(2, 4, 3, 3);
        NDArray expected = normal.mul(weight.reshape(1, 4, 1, 1)).add(bias.reshape(1, 4, 1, 1));
        assertArrayEquals(
                expected.toDoubleArray(),
                Functional.groupNorm(x, 2, weight, bias).toDoubleArray(),
                1e-12);
        checkGradient(y -> Functional.groupNorm(y, 2, weight, bias), 2, 4, 3, 3);
        checkGradient(w -> Functional.groupNorm(x, 2, w, bias), 4);
    }

    @Test
    void badArgumentsAreNamed() {
        NDArray x = random(2, 6, 3, 3);
        assertEquals(
                "groups must divide the number of channels, C in (B, C, ...), but is 4 for x of shape (2, 6, 3, 3)",
                message(() -> Functional.groupNorm(x, 4, random(6), random(6))));
        assertEquals(
                "weight must have shape (6) for x of shape (2, 6, 3, 3), but has shape (5)",
                message(() -> Functional.groupNorm(x, 3, random(5), random(6))));
        assertEquals("height must be at least 1, but is 0", message(() -> Functional.resize(x, 0, 2)));
        assertEquals(
                "x must be given, but is null",
                assertThrows(NullPointerException.class, () -> Functional.softplus(null))
                        .getMessage());
        NDArray logits = random(3, 5);
        assertEquals(
                "labels must be int64 of shape (3), one for each row of logits of shape (3, 5), but are float64 of shape (3)",
                message(() -> Functional.crossEntropy(logits, random(3))));
        NDArray ignored =
                manager.create(new long[] {0, -100, 1}); // which PyTorch leaves out unless it is told otherwise
        assertEquals(
                "labels must be from 0 to 4, but are from -100 to 1",
                message(() -> Functional.crossEntropy(logits, ignored)));
    }

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    private NDArray random(long... shape) {
        return manager.randomNormal(0, 1, new Shape(shape), DataType.FLOAT64);
    }

    /** The slope of a random projection of the result along a random direction. */
    private void checkGradient(UnaryOperator<NDArray> function, long... shape) {
        NDArray x = random(shape);
        NDArray projection = random(function.apply(x).getShape().getShape());
        x.setRequiresGradient(true);
        CentralDifferences.assertSlope(
                List.of(x), () -> function.apply(x).mul(projection).sum(), 1e-5, 1e-7);
    }
}
