package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether convolutions and both their gradients are right on this processor: some of them in float32, in memory that holds NaN
 * where nothing was written, against the same in float64, which other code computes.
 */
final class ConvolutionCheck {
    /** Relative to the largest value; rounding stays below 1e-5. */
    private static final double TOLERANCE = 1e-4;

    private static final int[] POISONED_FLOATS = {64, 256, 600, 1_000, 2_500, 6_000, 16_000, 30_000};

    /** What {@link Convolution#conv2d} is, so that a test can put something wrong in its place. */
    interface Formula {
        NDArray of(NDArray x, NDArray weight, NDArray bias, int stride, int padding);
    }

    record Case(int batch, int inputs, int outputs, int side, int kernel, int stride) {
        @Override
        public String toString() {
            return "%d -> %d channels, kernel %d, stride %d, %d images of %d x %d"
                    .formatted(inputs, outputs, kernel, stride, batch, side, side);
        }
    }

    static final List<Case> CASES = List.of(
            new Case(2, 1, 8, 8, 3, 1),
            new Case(2, 24, 24, 8, 3, 1),
            new Case(2, 16, 3, 8, 3, 1),
            new Case(4, 1, 16, 8, 5, 2),
            new Case(4, 16, 32, 6, 3, 2),
            new Case(2, 64, 64, 4, 3, 1),
            new Case(2, 48, 32, 4, 3, 2),
            new Case(17, 64, 32, 4, 1, 1)); // with one thread, PyTorch asks oneDNN for such a kernel from 17 images on

    /** Those among them whose blocks are not full. */
    static final List<Case> OPEN =
            CASES.stream().filter(c -> c.side == 8 && c.batch == 2).toList();

    /** For {@link Convolution#last2d}. */
    static final List<Case> LAST =
            List.of(new Case(4, 64, 128, 4, 3, 1), new Case(4, 128, 128, 4, 3, 2), new Case(4, 128, 256, 4, 1, 1));

    /** For {@link Convolution#lastTransposed2d}. */
    static final List<Case> LAST_TRANSPOSED = List.of(new Case(4, 256, 128, 4, 4, 2));

    /** For {@link #slope}: convolutions of which second derivatives make others with 20 and 33 channels. */
    static final List<Case> TWICE =
            List.of(new Case(20, 1, 43, 7, 5, 1), new Case(33, 37, 24, 4, 3, 2), new Case(1, 30, 30, 8, 1, 1));

    private static final AtenModule MODULE = AtenModule.of("ConvolutionCheck", """
            def gradients(self, y: Tensor, g: Tensor, x: Tensor, weight: Tensor) -> Tensor:
              found = torch.autograd.grad([y], [x, weight], annotate(List[Optional[Tensor]], [g]), False, False, False)
              first = torch.flatten(unchecked_cast(Tensor, torch.__getitem__(found, 0)), 0, -1)
              second = torch.flatten(unchecked_cast(Tensor, torch.__getitem__(found, 1)), 0, -1)
              return torch.cat([first, second], 0)
            """);

    private final Formula formula;
    private final double tolerance;

    ConvolutionCheck(Formula formula) {
        this(formula, TOLERANCE);
    }

    /** @param tolerance relative to the largest value */
    ConvolutionCheck(Formula formula, double tolerance) {
        this.formula = formula;
        this.tolerance = tolerance;
    }

    /** Of transposed ones with kernels of even size, which give images whose sides are strides as long. */
    static ConvolutionCheck transposed(Formula formula) {
        return new ConvolutionCheck(
                (x, weight, bias, stride, padding) -> formula.of(x, weight.swapAxes(0, 1), bias, stride, padding - 1));
    }

    /** The first of {@link #CASES} that is wrong, in words. Takes no number from the engine's random numbers. */
    Optional<String> fault() {
        return fault(CASES);
    }

    Optional<String> fault(List<Case> cases) {
        try (NDManager manager = Torch.onCpu()) {
            return cases.stream()
                    .map(c -> fault(c, manager))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    private Optional<String> fault(Case c, NDManager manager) {
        try (NDManager arrays = manager.newSubManager()) {
            SplittableRandom random = new SplittableRandom(1);
            NDList given = new NDList(
                    numbers(random, arrays, c.batch, c.inputs, c.side, c.side),
                    numbers(random, arrays, c.outputs, c.inputs, c.kernel, c.kernel),
                    numbers(random, arrays, c.outputs));
            float[][] found = Torch.tracked(() -> values(c, given, DataType.FLOAT32));
            float[][] expected = Torch.tracked(() -> values(c, given, DataType.FLOAT64));
            for (int i = 0; i < found.length; i++) {
                double off = difference(found[i], expected[i]);
                if (!(off < tolerance)) {
                    return Optional.of("%s of a convolution (%s) is off by %.2g of its size"
                            .formatted(i == 0 ? "the result" : "the gradient", c, off));
                }
            }
            return Optional.empty();
        }
    }

    /** The convolution, and its gradients in one row. */
    private float[][] values(Case c, NDList given, DataType type) {
        NDArray x = leaf(given.get(0), type);
        NDArray weight = leaf(given.get(1), type);
        poison(given.getManager(), type);
        NDArray y = formula.of(x, weight, given.get(2).toType(type, true), c.stride, c.kernel / 2);
        NDArray g = numbers(
                        new SplittableRandom(2),
                        given.getManager(),
                        y.getShape().getShape())
                .toType(type, true);
        poison(given.getManager(), type);
        NDArray gradients = MODULE.call("gradients", y, g, x, weight);
        return new float[][] {floats(y), floats(gradients)};
    }

    /** The gradient by x of a function of a convolution; its own gradients are second derivatives. */
    static NDArray slope(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        NDArray y = Convolution.twiceDifferentiable(() -> Convolution.conv2d(x, weight, bias, stride, padding));
        return Autograd.gradient(y.mul(y).mul(y).sum(), x);
    }

    private static NDArray leaf(NDArray array, DataType type) {
        NDArray leaf = Torch.untracked(() -> array.toType(type, true));
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private static float[] floats(NDArray array) {
        return array.toType(DataType.FLOAT32, true).toFloatArray();
    }

    /** Fills memory with NaN and gives it back, so that what comes next is likely to get it; not where oneDNN has no part. */
    private static void poison(NDManager manager, DataType type) {
        if (type != DataType.FLOAT32) {
            return;
        }
        try (NDManager arrays = manager.newSubManager()) {
            for (int floats : POISONED_FLOATS) {
                arrays.full(new Shape(floats), Float.NaN);
            }
        }
    }

    private static NDArray numbers(SplittableRandom random, NDManager manager, long... shape) {
        float[] numbers = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt() * 0x1p-31f;
        }
        return manager.create(numbers, new Shape(shape));
    }

    private static double difference(float[] found, float[] expected) {
        double largest = 0;
        double off = 0;
        for (int i = 0; i < found.length; i++) {
            if (!Float.isFinite(found[i])) {
                return Double.NaN;
            }
            largest = Math.max(largest, Math.abs(expected[i]));
            off = Math.max(off, Math.abs(expected[i] - found[i]));
        }
        return off / largest;
    }
}
