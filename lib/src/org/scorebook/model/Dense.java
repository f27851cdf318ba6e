package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import org.scorebook.aten.Functional;

/** {@code y = W x + b}, from (B, D) to (B, E), with W of shape (E, D). Starts as PyTorch's linear layers do. */
final class Dense extends Layer {
    private final int units;
    private final Weight weight;
    private final Parameter bias;

    Dense(int inputs, int units) {
        this(inputs, units, false);
    }

    /** @param normalized whether the weight is divided by its largest singular value */
    Dense(int inputs, int units, boolean normalized) {
        this.units = units;
        weight = Weight.of(this, normalized, uniform(inputs), units, inputs);
        bias = parameter("bias", uniform(inputs), units);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        return Functional.linear(x, weight.value(pass, x), pass.value(bias, x));
    }

    @Override
    void iteratePower(int times) {
        weight.iteratePower(times);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return new Shape(inputs[0].get(0), units);
    }
}
