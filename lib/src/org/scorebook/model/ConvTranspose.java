package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import org.scorebook.aten.Convolution;

/** A transposed convolution with kernel 4, stride 2 and padding 1: (B, C, H, W) to (B, D, 2 H, 2 W). */
final class ConvTranspose extends Layer {
    private final int outputs;
    private final Parameter weight;
    private final Parameter bias;

    /** Starts as PyTorch's do, which take the number of outputs for that of inputs. */
    ConvTranspose(int inputs, int outputs) {
        this.outputs = outputs;
        weight = parameter("weight", uniform(16L * outputs), inputs, outputs, 4, 4);
        bias = parameter("bias", uniform(16L * outputs), outputs);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        return Convolution.transposed2d(x, pass.value(weight, x), pass.value(bias, x), 2, 1);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return new Shape(inputs[0].get(0), outputs, 2 * inputs[0].get(2), 2 * inputs[0].get(3));
    }
}
