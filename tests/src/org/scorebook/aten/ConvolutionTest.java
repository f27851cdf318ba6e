package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.Seeded;
import org.scorebook.aten.ConvolutionCheck.Case;

/** In double precision against the sums; in single precision, at any width and in memory full of NaN, against double. */
class ConvolutionTest {
    private static final int LARGEST_WIDTH = 64;

    /** Some of all combinations; {@code -Dscorebook.convolutions=100000} takes all, which is a matter of many minutes. */
    private static final int TRIED = Integer.getInteger("scorebook.convolutions", 250);

    @Seeded(5)
    private NDManager manager;

    @Test
    void convolution() {
        NDArray x = random(2, 3, 5, 5);
        NDArray weight = random(2, 3, 3, 3);
        NDArray bias = manager.create(new double[] {0.5, -0.5});
        NDArray y = Convolution.conv2d(x, weight, bias, 2, 1);
        assertEquals(new Shape(2, 2, 3, 3), y.getShape());
        for (int i = 0; i < y.size(); i++) {
            int image = i / 18;
            int d = i / 9 % 2;
            int row = 2 * (i / 3 % 3) - 1;
            int column = 2 * (i % 3) - 1;
            double sum = d == 0 ? 0.5 : -0.5;
            for (int entry = 0; entry < 27; entry++) {
                int r = row + entry / 3 % 3;
                int c = column + entry % 3;
                if (r >= 0 && r < 5 && c >= 0 && c < 5) {
                    sum += x.getDouble(image, entry / 9, r, c)
                            * weight.getDouble(d, entry / 9, entry / 3 % 3, entry % 3);
                }
            }
            assertEquals(sum, y.getDouble(image, d, i / 3 % 3, i % 3), 1e-12);
        }
    }

    /** Each pixel adds its multiple of the kernel, cut off at the padding. */
    @Test
    void transposed() {
        NDArray weight = random(3, 2, 4, 4);
        NDArray bias = manager.create(new double[] {0.5, -0.5});
        NDArray x = random(1, 3, 2, 2);
        double[][][] sums = new double[2][6][6];
        for (int c = 0; c < 3; c++) {
            for (int pixel = 0; pixel < 4; pixel++) {
                for (int entry = 0; entry < 32; entry++) {
                    int d = entry / 16;
                    int row = 2 * (pixel / 2) + entry % 16 / 4;
                    int column = 2 * (pixel % 2) + entry % 4;
                    sums[d][row][column] +=
                            x.getDouble(0, c, pixel / 2, pixel % 2) * weight.getDouble(c, d, entry % 16 / 4, entry % 4);
                }
            }
        }
        NDArray y = Convolution.transposed2d(x, weight, bias, 2, 1);
        assertEquals(new Shape(1, 2, 4, 4), y.getShape());
        for (int i = 0; i < 32; i++) {
            int d = i / 16;
            double expected = sums[d][1 + i % 16 / 4][1 + i % 4] + (d == 0 ? 0.5 : -0.5);
            assertEquals(expected, y.getDouble(0, d, i % 16 / 4, i % 4), 1e-12);
        }
    }

    @Test
    void everyWidthIsRightInPoisonedMemory() {
        assertEquals(Optional.empty(), new ConvolutionCheck(Convolution::conv2d).fault(some(1, 3, 5)));
    }

    /** Fewer of them: without instructions for it they are a hundred times slower. */
    @Test
    void everyWidthIsRightInBfloat16() {
        ConvolutionCheck check = new ConvolutionCheck(
                (x, weight, bias, stride, padding) ->
                        MixedPrecision.within(true, () -> Convolution.conv2d(x, weight, bias, stride, padding)),
                MixedPrecision.TOLERANCE);
        assertEquals(Optional.empty(), check.fault(some(1, 3, 5).subList(0, Math.max(30, TRIED / 10))));
    }

    /** Kernel 4 is the one in use; a convolution's own gradients have no even kernels. */
    @Test
    void everyWidthIsRightWhenTransposed() {
        assertEquals(
                Optional.empty(),
                ConvolutionCheck.transposed(Convolution::transposed2d).fault(some(4)));
    }

    /** Where strides skip pixels, gradients by the input are in blocks of 32: an odd number of 16 channels leaves half of one open. */
    @Test
    void halvesOfBlocksAreRight() {
        List<Case> cases = new ArrayList<>();
        for (int channels : new int[] {33, 48, 80, 112, 144}) {
            for (int kernel : new int[] {3, 5}) {
                cases.add(new Case(2, channels, 32, 8, kernel, 2));
                cases.add(new Case(1, channels, 20, 7, kernel, 3));
            }
        }
        assertEquals(Optional.empty(), new ConvolutionCheck(Convolution::conv2d).fault(cases));
        List<Case> even = cases.stream()
                .map(c -> new Case(c.batch(), c.outputs(), c.inputs(), c.side(), 4, c.stride()))
                .toList();
        assertEquals(
                Optional.empty(),
                ConvolutionCheck.transposed(Convolution::transposed2d).fault(even));
    }

    /** The convolutions that second derivatives are have a batch's images for channels. */
    @Test
    void secondDerivativesAreRightInPoisonedMemory() {
        List<Case> cases =
                List.of(new Case(40, 3, 16, 8, 3, 2), new Case(2, 34, 5, 8, 3, 2), new Case(16, 32, 64, 6, 3, 2));
        assertEquals(Optional.empty(), new ConvolutionCheck(ConvolutionCheck::slope).fault(cases));
        assertEquals(Optional.empty(), Convolution.faultOfSecondDerivatives());
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 1, 1", "3, 3, 2, 1", "5, 5, 2, 2", "4, 4, 2, 1", "2, 1, 1, 0", "3, 5, 3, 2"})
    void productsOfMatricesAreTheSame(int channels, int kernel, int stride, int padding) {
        NDArray x = random(2, channels, 8, 9);
        NDArray weight = random(3, channels, kernel, kernel);
        NDArray bias = random(3);
        NDArray y = Convolution.conv2d(x, weight, bias, stride, padding);
        assertNear(y, Convolution.unfolded2d(x, weight, bias, stride, padding));
        NDArray back = weight.swapAxes(0, 1);
        NDArray z = Convolution.transposed2d(x, back, bias, stride, padding);
        assertNear(z, Convolution.unfoldedTransposed2d(x, back, bias, stride, padding));
    }

    private static void assertNear(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-12);
    }

    /** Also where the channels come last in memory, with and without full blocks. */
    @Test
    void largeOnesAreRightInPoisonedMemory() {
        List<Case> cases = List.of(
                new Case(2, 256, 256, 8, 3, 1),
                new Case(3, 256, 256, 16, 3, 2),
                new Case(2, 128, 256, 12, 3, 1),
                new Case(2, 64, 128, 23, 3, 1),
                new Case(2, 512, 128, 9, 3, 1),
                new Case(3, 256, 64, 17, 1, 1),
                new Case(2, 256, 768, 8, 1, 1),
                new Case(2, 200, 256, 12, 3, 1),
                new Case(2, 256, 304, 16, 1, 1),
                new Case(2, 304, 256, 24, 3, 2),
                new Case(2, 256, 200, 12, 1, 1));
        assertEquals(Optional.empty(), new ConvolutionCheck(Convolution::conv2d).fault(cases));
        List<Case> even = cases.stream()
                .map(c -> new Case(c.batch(), c.inputs(), c.outputs(), c.side(), 4, c.stride()))
                .toList();
        assertEquals(
                Optional.empty(),
                ConvolutionCheck.transposed(Convolution::transposed2d).fault(even));
        assertEquals(Optional.empty(), Convolution.channelsLastWarning());
    }

    private static List<Case> some(int... kernels) {
        List<Case> all = new ArrayList<>();
        for (int kernel : kernels) {
            for (int stride : new int[] {1, 2}) {
                for (int batch : new int[] {1, 2, 16, 64}) {
                    for (int i = 0; i < LARGEST_WIDTH * LARGEST_WIDTH; i++) {
                        all.add(new Case(batch, 1 + i / LARGEST_WIDTH, 1 + i % LARGEST_WIDTH, 7, kernel, stride));
                    }
                }
            }
        }
        Collections.shuffle(all, new Random(2));
        return all.subList(0, Math.min(TRIED, all.size()));
    }

    @Test
    void theCheckTellsWrongResultsWrongGradientsAndNaN() {
        assertFault("the result", (x, w, b, s, p) -> {
            NDArray y = Convolution.conv2d(x, w, b, s, p);
            return x.getDataType() == DataType.FLOAT32 ? y.mul(x.getManager().create(1.001f)) : y;
        });
        assertFault("the gradient", (x, w, b, s, p) -> {
            NDArray y = Convolution.conv2d(x, w, b, s, p);
            return x.getDataType() == DataType.FLOAT32 ? y.add(y).sub(y.stopGradient()) : y;
        });
        assertFault("NaN", (x, w, b, s, p) -> {
            NDArray y = Convolution.conv2d(x, w, b, s, p);
            return x.getDataType() == DataType.FLOAT32 ? y.add(x.getManager().create(Float.NaN)) : y;
        });
    }

    private static void assertFault(String words, ConvolutionCheck.Formula formula) {
        String fault = new ConvolutionCheck(formula).fault().orElse("");
        assertTrue(fault.contains(words), fault);
    }

    /** So that a program's random numbers are the same whatever was checked. */
    @Test
    void theCheckTakesNoRandomNumbers() {
        manager.getEngine().setRandomSeed(3);
        float expected = manager.randomNormal(new Shape(1)).getFloat();
        manager.getEngine().setRandomSeed(3);
        new ConvolutionCheck(Convolution::conv2d).fault();
        assertEquals(expected, manager.randomNormal(new Shape(1)).getFloat());
    }

    private NDArray random(long... shape) {
        return manager.randomNormal(0, 1, new Shape(shape), DataType.FLOAT64);
    }
}
