package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

/** bfloat16 has 8 significant bits: of 1 + 2^-10 it keeps 1. */
class MixedPrecisionTest {
    private static final float FINE = 1 + 1f / 1024;

    @Seeded(5)
    private NDManager manager;

    @Test
    void productsRoundTheirArguments() {
        assertRounds(x -> Functional.linear(x, ones(1, 1), zeros(1)), 1, 1);
        assertRounds(x -> Functional.linear(ones(1, 1), x, zeros(1)), 1, 1);
        assertRounds(x -> Functional.linear(zeros(1, 1), ones(1, 1), x), 1);
        assertRounds(x -> Functional.scaledDotProductAttention(ones(1, 1, 1, 1), ones(1, 1, 1, 1), x), 1, 1, 1, 1);
        assertRounds(x -> Convolution.conv2d(x, ones(1, 1, 1, 1), zeros(1), 1, 0), 1, 1, 1, 1);
        for (int channels : new int[] {1, 16, 24}) { // plain, padded and widened
            NDArray one = zeros(channels, channels, 3, 3);
            one.set(new NDIndex("0, 0, 1, 1"), 1);
            assertRounds(x -> Convolution.conv2d(x, one, zeros(channels), 1, 1).get(":, :1"), 2, channels, 1, 1);
            NDArray up = zeros(channels, channels, 4, 4);
            up.set(new NDIndex("0, 0, 1, 1"), 1);
            assertRounds(
                    x -> Convolution.transposed2d(x, up, zeros(channels), 2, 1).get(":, :1, :1, :1"),
                    2,
                    channels,
                    1,
                    1);
        }
    }

    /** @param product gives what x has first, as float32 */
    private void assertRounds(UnaryOperator<NDArray> product, long... shape) {
        NDArray x = ones(shape).mul(FINE);
        NDArray rounded = mixed(() -> product.apply(x));
        assertEquals(DataType.FLOAT32, rounded.getDataType());
        assertEquals(1, rounded.toFloatArray()[0]);
        assertEquals(FINE, product.apply(x).toFloatArray()[0]);
        assertEquals(
                FINE,
                mixed(() -> MixedPrecision.within(false, () -> product.apply(x)))
                        .toFloatArray()[0]);
    }

    /** Of random numbers: some 2^-9 of the largest, and not nothing. */
    @Test
    void resultsAndGradientsAreOffByTheRounding() {
        NDArray x = leaf(4, 24, 8, 8);
        NDArray weight = leaf(32, 24, 3, 3);
        NDArray bias = leaf(32);
        Supplier<NDArray> loss =
                () -> Convolution.conv2d(x, weight, bias, 1, 1).square().mean();
        for (NDArray by : new NDArray[] {x, weight, bias}) {
            NDArray exact = Torch.tracked(() -> Autograd.gradient(loss.get(), by));
            NDArray rounded = Torch.tracked(() -> Autograd.gradient(mixed(loss), by));
            assertEquals(DataType.FLOAT32, rounded.getDataType());
            double off = rounded.sub(exact).abs().max().getFloat()
                    / exact.abs().max().getFloat();
            assertTrue(off > 1e-4 && off < 0.02, "off by " + off);
        }
    }

    @Test
    void allElseIsFloat32() {
        NDArray x = ones(2, 4, 3, 3).mul(FINE);
        NDArray weight = ones(4);
        for (UnaryOperator<NDArray> other : List.<UnaryOperator<NDArray>>of(
                Functional::silu, Functional::upsample, a -> Functional.groupNorm(a, 2, weight, weight), a -> a.sum()
                        .add(a.mean()))) {
            assertArrayEquals(
                    other.apply(x).toFloatArray(), mixed(() -> other.apply(x)).toFloatArray());
        }
        NDArray precise = x.toType(DataType.FLOAT64, true).get(":, :, 0, 0");
        NDArray one = ones(1, 4).toType(DataType.FLOAT64, true);
        NDArray none = zeros(1).toType(DataType.FLOAT64, true);
        assertEquals(
                4.0 * FINE, mixed(() -> Functional.linear(precise, one, none)).toDoubleArray()[0]);
    }

    @Test
    void itEndsWithItsWork() {
        assertFalse(MixedPrecision.isOn());
        assertThrows(
                IllegalStateException.class,
                () -> mixed(() -> {
                    assertTrue(MixedPrecision.isOn());
                    throw new IllegalStateException();
                }));
        assertFalse(MixedPrecision.isOn());
        assertFalse(MixedPrecision.isFast(Device.cpu()));
    }

    @Test
    void convolutionsAreRightInPoisonedMemory() {
        assertEquals(Optional.empty(), MixedPrecision.fault());
    }

    private static <T> T mixed(Supplier<T> work) {
        return MixedPrecision.within(true, work);
    }

    private NDArray ones(long... shape) {
        return manager.ones(new Shape(shape));
    }

    private NDArray zeros(long... shape) {
        return manager.zeros(new Shape(shape));
    }

    private NDArray leaf(long... shape) {
        NDArray leaf = manager.randomNormal(new Shape(shape));
        leaf.setRequiresGradient(true);
        return leaf;
    }
}
