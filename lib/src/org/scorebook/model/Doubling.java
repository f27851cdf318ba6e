package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.scorebook.aten.Functional;

/** Each pixel four times, then a convolution: (B, C, H, W) to (B, C, 2 H, 2 W). */
final class Doubling extends Layer {
    private final Conv conv;

    Doubling(int channels) {
        conv = addChildBlock("conv", Conv.same(channels, channels));
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return conv.apply(pass, Functional.upsample(inputs[0]));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        Shape x = inputs[0];
        return new Shape(x.get(0), x.get(1), 2 * x.get(2), 2 * x.get(3));
    }
}
