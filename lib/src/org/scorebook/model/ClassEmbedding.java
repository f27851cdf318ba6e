package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;

/** A vector for each class, and one more, the last, for no class: from labels (B) or (1) to (B, E) or (1, E). */
final class ClassEmbedding extends Layer {
    private final int units;
    private final Parameter weight;

    ClassEmbedding(int classes, int units) {
        this.units = units;
        weight = parameter("weight", new NormalInitializer(1), classes + 1, units);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return pass.value(weight, inputs[0]).get(inputs[0]);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return new Shape(inputs[0].get(0), units);
    }
}
