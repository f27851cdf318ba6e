package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import org.scorebook.aten.Convolution;

/**
 * A convolution, from (B, C, H, W) to (B, D, H', W') with {@code H' = floor((H + 2 padding - K) / stride) + 1}. Starts as
 * PyTorch's convolutions do.
 */
final class Conv extends Layer {
    private final int outputs;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final Weight weight;
    private final Parameter bias;

    private Conv(int inputs, int outputs, int kernel, int stride, int padding, boolean normalized, Initializer start) {
        this.outputs = outputs;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        weight = Weight.of(this, normalized, start, outputs, inputs, kernel, kernel);
        bias = parameter("bias", start, outputs);
    }

    /** Kernel 3, the image's size kept. */
    static Conv same(int inputs, int outputs) {
        return new Conv(inputs, outputs, 3, 1, 1, false, uniform(9L * inputs));
    }

    /** Kernel 3, the image's size kept, all zero at the start: a residual block begins as the identity. */
    static Conv zero(int inputs, int outputs) {
        return new Conv(inputs, outputs, 3, 1, 1, false, Initializer.ZEROS);
    }

    /**
     * The image's size kept.
     *
     * @param kernel odd
     * @param normalized whether the weight is divided by its largest singular value
     */
    static Conv same(int inputs, int outputs, int kernel, boolean normalized) {
        return odd(inputs, outputs, kernel, 1, normalized);
    }

    /** Kernel 3, every second pixel. */
    static Conv half(int inputs, int outputs) {
        return half(inputs, outputs, 3, false);
    }

    /**
     * Every second pixel: of H pixels in a row, (H + 1) / 2 are left.
     *
     * @param kernel odd
     * @param normalized whether the weight is divided by its largest singular value
     */
    static Conv half(int inputs, int outputs, int kernel, boolean normalized) {
        return odd(inputs, outputs, kernel, 2, normalized);
    }

    private static Conv odd(int inputs, int outputs, int kernel, int stride, boolean normalized) {
        long terms = (long) kernel * kernel * inputs;
        return new Conv(inputs, outputs, kernel, stride, kernel / 2, normalized, uniform(terms));
    }

    /** Kernel 1: a linear map of each pixel's channels. */
    static Conv pixelwise(int inputs, int outputs) {
        return new Conv(inputs, outputs, 1, 1, 0, false, uniform(inputs));
    }

    /** Kernel 1, all zero at the start. */
    static Conv pixelwiseZero(int inputs, int outputs) {
        return new Conv(inputs, outputs, 1, 1, 0, false, Initializer.ZEROS);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        return Convolution.conv2d(x, weight.value(pass, x), pass.value(bias, x), stride, padding);
    }

    @Override
    void iteratePower(int times) {
        weight.iteratePower(times);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        Shape x = inputs[0];
        return new Shape(x.get(0), outputs, side(x.get(2)), side(x.get(3)));
    }

    private long side(long pixels) {
        return (pixels + 2L * padding - kernel) / stride + 1;
    }
}
