package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The input itself. */
final class Identity extends Layer {
    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return inputs[0];
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
