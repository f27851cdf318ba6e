package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import org.scorebook.aten.Functional;
import org.scorebook.aten.Recorded;

/**
 * A vector for each class, and one more, the last, for no class: from labels (B) or (1) to (B, E) or (1, E). A number that is
 * no label gives values that are not finite, and not those of another class: on a GPU nobody may have asked for it before.
 */
final class ClassEmbedding extends Layer {
    private final int units;
    private final Parameter weight;

    ClassEmbedding(int classes, int units) {
        this.units = units;
        weight = parameter("weight", new NormalInitializer(1), classes + 1, units);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return Recorded.beside(Functional.embedding(pass.value(weight, inputs[0]), inputs[0]), inputs[0]);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return new Shape(inputs[0].get(0), units);
    }
}
