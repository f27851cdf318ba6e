package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** A network for points that is given images (B, C, H, W) as points of C H W coordinates. */
final class Flattened extends Layer {
    private final Layer network;

    Flattened(Layer network) {
        this.network = addChildBlock("network", network);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        return network.apply(pass, x.reshape(x.getShape().get(0), -1), inputs[1])
                .reshape(x.getShape());
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
