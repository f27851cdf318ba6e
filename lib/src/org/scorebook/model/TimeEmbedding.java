package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.scorebook.aten.MixedPrecision;

/**
 * A vector for each time: two linear layers, with an activation between them, over {@link Sinusoids} of shape (B, F). It is always
 * computed in float32: neighbouring times differ by less than bfloat16 tells apart.
 *
 * <p>Source: Ho, Jain, Abbeel (2020), appendix B.
 */
final class TimeEmbedding extends Layer {
    private final Dense first;
    private final Activation activation;
    private final Dense second;

    /**
     * @param waves F
     * @param units of the vector
     */
    TimeEmbedding(int waves, int units, Activation activation) {
        this("mlp.0", "mlp.2", waves, units, activation);
    }

    /** @param firstName the first layer's name, as the second's is secondName */
    TimeEmbedding(String firstName, String secondName, int waves, int units, Activation activation) {
        this.activation = activation;
        first = addChildBlock(firstName, new Dense(waves, units));
        second = addChildBlock(secondName, new Dense(units, units));
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return MixedPrecision.within(false, () -> second.apply(pass, activation.of(first.apply(pass, inputs))));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return second.outputShape(first.outputShape(inputs));
    }
}
