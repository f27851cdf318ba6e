package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** A linear layer whose outputs are scaled by the time: {@code y = e(t) (W x + b)}, e the {@link TimeEmbedding}. Its inputs are points and
 * the times' {@link Sinusoids}. */
final class TimeLinear extends Layer {
    private final TimeEmbedding embedding;
    private final Dense linear;

    TimeLinear(int inputs, int units) {
        embedding = addChildBlock("time_embedding", new TimeEmbedding(Sinusoids.COUNT, units, Activation.SILU));
        linear = addChildBlock("fc", new Dense(inputs, units));
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return linear.apply(pass, inputs[0]).mul(embedding.apply(pass, inputs[1]));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return linear.outputShape(inputs[0]);
    }
}
