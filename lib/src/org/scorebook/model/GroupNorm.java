package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import org.scorebook.aten.Functional;

/** {@link Functional#groupNorm}, with weight 1 and bias 0 at the start. */
final class GroupNorm extends Layer {
    private final int groups;
    private final Parameter weight;
    private final Parameter bias;

    GroupNorm(int groups, int channels) {
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    "groups must divide the " + channels + " channels of each layer, but is " + groups);
        }
        this.groups = groups;
        weight = parameter("weight", Initializer.ONES, channels);
        bias = parameter("bias", Initializer.ZEROS, channels);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        return Functional.groupNorm(x, groups, pass.value(weight, x), pass.value(bias, x));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
