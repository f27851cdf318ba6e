package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** A residual block of a U-Net, with attention behind it at some image sizes. */
final class Stage extends Layer {
    private final ResidualBlock block;
    private final Layer attention;

    Stage(UNetShape shape, int inputs, int outputs, int embeddingUnits, boolean attends) {
        block = addChildBlock("block", new ResidualBlock(shape, inputs, outputs, embeddingUnits));
        attention = addChildBlock(
                "attention",
                attends
                        ? new Attention(outputs, shape.heads(), shape.groups(), Conv.pixelwiseZero(outputs, outputs))
                        : new Identity());
    }

    /** What it does, in words. */
    String kind() {
        return attention instanceof Attention ? "residual block, attention" : "residual block";
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return attention.apply(pass, block.apply(pass, inputs));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return block.outputShape(inputs);
    }
}
