package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;

/**
 * A vector for each class, and one more, the last, for no class: from labels (B) or (1) to (B, E) or (1, E). A number that is
 * no label gives values that are not finite, and not those of another class: on a GPU nobody may have asked for it before.
 */
final class ClassEmbedding extends Layer {
    private final int classes;
    private final int units;
    private final Parameter weight;

    ClassEmbedding(int classes, int units) {
        this.classes = classes;
        this.units = units;
        weight = parameter("weight", new NormalInitializer(1), classes + 1, units);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray labels = inputs[0];
        NDArray known = labels.maximum(0).minimum(classes);
        NDArray excess = labels.sub(known).toType(DataType.FLOAT32, false).expandDims(1);
        NDArray isKnown = excess.eq(0).toType(DataType.FLOAT32, false);
        NDIndex rows = new NDIndex("{}", known);
        return pass.value(weight, labels).get(labels.getManager(), rows).add(excess.div(isKnown)); // 0 / 1, or more / 0
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return new Shape(inputs[0].get(0), units);
    }
}
