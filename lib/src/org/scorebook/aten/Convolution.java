package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.Supplier;
import org.scorebook.base.Require;

/**
 * Convolutions of images (B, C, H, W) and their gradients, which depend on nothing but the arguments.
 *
 * <p>On a CPU, oneDNN computes them in blocks of 16 channels. Where a number of channels is no multiple of 16, it relies on zeros
 * in the rest of the last block, and on some processors leaves there what the memory held before: the result is NaN where
 * that was, else wrong. So such channels are added here, as zeros, within the native call. Its gradients by the input are in blocks of 32
 * where strides skip pixels.
 *
 * <p>In large ones the channels of an image come last in memory where the processor has AVX-512: all of a large U-Net, forward and
 * backward, take a tenth less time for it. With AVX2 they do not.
 *
 * <p>Source: Dumoulin and Visin, A Guide to Convolution Arithmetic for Deep Learning (2016), chapters 2 and 4.
 */
public final class Convolution {
    private static final int BLOCK = 16;
    private static final int WIDE = 128;
    private static final long LARGE = 1 << 22; // from 256 to 256 channels at 8 x 8
    private static final String METHODS = """
            def plain(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.conv2d(x, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING], [1, 1], 1)
            def last(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return (self).plain(torch.contiguous(x, memory_format=2), weight, bias, )
            def padded(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              more = torch.remainder(torch.neg(torch.size(weight, 0)), BLOCK)
              y = torch.conv2d(x, torch.constant_pad_nd(weight, [0, 0, 0, 0, 0, 0, 0, more]), torch.constant_pad_nd(bias, [0, more]), [STRIDE, STRIDE], [PADDING, PADDING], [1, 1], 1)
              return torch.narrow(y, 1, 0, torch.size(weight, 0))
            def widened(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return (self).widened_to(x, weight, bias, BLOCK, )
            def widened_twice(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return (self).widened_to(x, weight, bias, TWO_BLOCKS, )
            def widened_to(self, x: Tensor, weight: Tensor, bias: Tensor, block: int) -> Tensor:
              more = torch.remainder(torch.neg(torch.size(weight, 1)), block)
              wide = torch.constant_pad_nd(weight, [0, 0, 0, 0, 0, more])
              return (self).padded(torch.constant_pad_nd(x, [0, 0, 0, 0, 0, more]), wide, bias, )
            def unfolded(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              kernel = torch.size(weight, 2)
              height = torch.add(torch.floordiv(torch.sub(torch.size(x, 2), torch.sub(kernel, TWO_PADDINGS)), STRIDE), 1)
              columns = torch.im2col(x, [kernel, kernel], [1, 1], [PADDING, PADDING], [STRIDE, STRIDE])
              y = torch.matmul(torch.flatten(weight, 1, -1), columns)
              return torch.reshape(torch.add(y, torch.unsqueeze(bias, 1)), [torch.size(x, 0), torch.size(weight, 0), height, -1])
            def transposed(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.conv_transpose2d(x, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING], [0, 0], 1, [1, 1])
            def transposed_last(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return (self).transposed(torch.contiguous(x, memory_format=2), weight, bias, )
            def transposed_widened(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return (self).transposed_widened_to(x, weight, bias, BLOCK, )
            def transposed_widened_twice(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return (self).transposed_widened_to(x, weight, bias, TWO_BLOCKS, )
            def transposed_widened_to(self, x: Tensor, weight: Tensor, bias: Tensor, block: int) -> Tensor:
              in_more = torch.remainder(torch.neg(torch.size(weight, 0)), BLOCK)
              out_more = torch.remainder(torch.neg(torch.size(weight, 1)), block)
              wide = torch.constant_pad_nd(weight, [0, 0, 0, 0, 0, out_more, 0, in_more])
              y = (self).transposed(torch.constant_pad_nd(x, [0, 0, 0, 0, 0, in_more]), wide, torch.constant_pad_nd(bias, [0, out_more]), )
              return torch.narrow(y, 1, 0, torch.size(weight, 1))
            def transposed_unfolded(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              kernel = torch.size(weight, 2)
              height = torch.add(torch.mul(torch.sub(torch.size(x, 2), 1), STRIDE), torch.sub(kernel, TWO_PADDINGS))
              width = torch.add(torch.mul(torch.sub(torch.size(x, 3), 1), STRIDE), torch.sub(kernel, TWO_PADDINGS))
              columns = torch.matmul(torch.t(torch.flatten(weight, 1, -1)), torch.flatten(x, 2, -1))
              y = torch.col2im(columns, [height, width], [kernel, kernel], [1, 1], [PADDING, PADDING], [STRIDE, STRIDE])
              return torch.add(y, torch.reshape(bias, [1, -1, 1, 1]))
            """;

    private static final ThreadSwitch TWICE = new ThreadSwitch();

    private Convolution() {}

    /**
     * The convolution {@code y[b, d, i, j] = bias[d] + sum over c, k, l of weight[d, c, k, l] x[b, c, s i + k - p, s j + l - p]}
     * with stride s and padding p, where x is 0 outside: (B, C, H, W) to (B, D, H', W') with
     * {@code H' = floor((H + 2 p - K) / s) + 1}.
     *
     * @param weight of shape (D, C, K, K)
     * @param bias of shape (D)
     * @param stride s, at least 1
     * @param padding p, 0 or more
     */
    public static NDArray conv2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        Shape shape = checked(x, weight, "(D, C, K, K)", 1, bias, stride, padding);
        long least = Math.max(shape.get(2), shape.get(3)) - 2L * padding;
        if (Math.min(x.getShape().get(2), x.getShape().get(3)) < least) {
            throw new IllegalArgumentException(
                    "x must have height and width of at least " + least + " for a weight of shape " + shape
                            + " and padding " + padding + ", but has shape " + x.getShape());
        }
        return module(stride, padding).product(method(x, shape, stride), x, weight, bias);
    }

    /** The same as other people's networks compute it, without channels added. */
    static NDArray plain2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return module(stride, padding).call("plain", x, weight, bias);
    }

    /** Whether convolutions are written so that their second derivatives are right, too, where oneDNN's are not. */
    public static boolean isTwiceDifferentiable() {
        return TWICE.isOn();
    }

    /**
     * Runs work whose convolutions are differentiated twice, for instance by a loss of gradients. Their second derivatives are
     * convolutions whose channels are the images of a batch, and of these nobody can fill a block: so, on a processor where
     * oneDNN reads the rest of it, they are products of matrices here.
     */
    public static <T> T twiceDifferentiable(Supplier<T> work) {
        return TWICE.within(true, Require.given("work", work));
    }

    /** The first of some convolutions whose second derivatives the CPU computes wrongly, in words. */
    public static Optional<String> faultOfSecondDerivatives() {
        return new ConvolutionCheck(ConvolutionCheck::slope).fault(ConvolutionCheck.TWICE);
    }

    private static boolean isUnfolded(NDArray x) {
        return TWICE.isOn() && isBlocked(x) && EngineStart.leavesBlocksOpen();
    }

    /** As products of matrices. */
    static NDArray unfolded2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return module(stride, padding).call("unfolded", x, weight, bias);
    }

    /** The transposed one as products of matrices. */
    static NDArray unfoldedTransposed2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return module(stride, padding).call("transposed_unfolded", x, weight, bias);
    }

    /** With the channels of an image last in memory, however small it is. */
    static NDArray last2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return module(stride, padding).call("last", x, weight, bias);
    }

    /** The transposed one with the channels last. */
    static NDArray lastTransposed2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return module(stride, padding).call("transposed_last", x, weight, bias);
    }

    /** One line for the user, where large convolutions would be faster in another memory format, and are wrong in it. */
    public static Optional<String> channelsLastWarning() {
        return ChannelsLast.warning();
    }

    private static String method(NDArray x, Shape weight, int stride) {
        long inputs = weight.get(1);
        if (isUnfolded(x)) {
            return "unfolded";
        }
        if (isLast(x, inputs, weight.get(0), 1.0 / (stride * stride))) {
            return "last";
        }
        boolean mixed = MixedPrecision.isOn();
        if (!isBlocked(x) || weight.get(2) == 1 && !mixed) {
            return "plain";
        }
        boolean isBlock = mixed || inputs != 1 && inputs != 3; // in float32 these two are not put into blocks
        if (isBlock && inputs % block(inputs, stride) != 0) {
            return block(inputs, stride) == BLOCK ? "widened" : "widened_twice";
        }
        return weight.get(0) % BLOCK == 0 ? "plain" : "padded";
    }

    /** What the number of channels must be a multiple of, on the side of a convolution from which strides skip. */
    private static int block(long channels, int stride) {
        return stride > 1 && channels > BLOCK ? 2 * BLOCK : BLOCK;
    }

    /**
     * The transposed convolution, which is the gradient of a convolution by its input: (B, C, H, W) to
     * (B, D, (H - 1) stride - 2 padding + K, ...).
     *
     * @param weight of shape (C, D, K, K)
     * @param bias of shape (D)
     */
    public static NDArray transposed2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        Shape shape = checked(x, weight, "(C, D, K, K)", 0, bias, stride, padding);
        return module(stride, padding).product(transposedMethod(x, shape, stride), x, weight, bias);
    }

    private static String transposedMethod(NDArray x, Shape weight, int stride) {
        long outputs = weight.get(1);
        if (isUnfolded(x)) {
            return "transposed_unfolded";
        }
        if (isLast(x, weight.get(0), outputs, 1)) {
            return "transposed_last";
        }
        int block = block(outputs, stride);
        boolean whole = weight.get(0) % BLOCK == 0 && outputs % block == 0;
        if (!isBlocked(x) || whole) {
            return "transposed";
        }
        return block == BLOCK ? "transposed_widened" : "transposed_widened_twice";
    }

    /** @param inputs which of the weight's dimensions is C; the other of the first two is D */
    private static Shape checked(
            NDArray x, NDArray weight, String form, int inputs, NDArray bias, int stride, int padding) {
        Require.atLeast("stride", stride, 1);
        Require.atLeast("padding", padding, 0);
        Shape images = ArrayChecks.form("x", x, "(B, C, H, W)");
        Shape shape = ArrayChecks.form("weight", weight, form);
        ArrayChecks.sameType("weight", weight, "x", x);
        if (shape.get(inputs) != images.get(1)) {
            throw new IllegalArgumentException("weight must have shape " + form + " with C = " + images.get(1)
                    + ", the channels of x of shape " + images + ", but has shape " + shape);
        }
        ArrayChecks.fitting("bias", bias, new Shape(shape.get(1 - inputs)), "weight", weight);
        return shape;
    }

    /** Whether oneDNN works on it: it knows no float64. */
    private static boolean isBlocked(NDArray x) {
        return x.getDevice().getDeviceType().equals("cpu") && x.getDataType() == DataType.FLOAT32;
    }

    /**
     * A large one between wide layers, whose blocks are full.
     *
     * @param share of the pixels that the kernel is at
     */
    private static boolean isLast(NDArray x, long inputs, long outputs, double share) {
        boolean isWide = outputs >= WIDE || inputs >= 2 * WIDE;
        boolean isFull = inputs % (2 * BLOCK) == 0 && outputs % (2 * BLOCK) == 0;
        double products = share * inputs * outputs * x.getShape().slice(2).size();
        return isBlocked(x) && isWide && isFull && products >= LARGE && ChannelsLast.isRightAndFaster();
    }

    private static AtenModule module(int stride, int padding) {
        return AtenModule.of(
                "Convolution_%d_%d".formatted(stride, padding),
                METHODS.replace("STRIDE", Integer.toString(stride))
                        .replace("TWO_PADDINGS", Integer.toString(2 * padding))
                        .replace("PADDING", Integer.toString(padding))
                        .replace("TWO_BLOCKS", Integer.toString(2 * BLOCK))
                        .replace("BLOCK", Integer.toString(BLOCK)));
    }
}
