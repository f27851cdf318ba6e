package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/** The weight of a linear map, as the map uses it. */
interface Weight {
    /** @param x what the map is applied to */
    NDArray value(Layer.Pass pass, NDArray x);

    /** Only for a weight that is normalized. */
    default void iteratePower(int times) {}

    /**
     * A new weight of a layer: a parameter named {@code weight}, or a {@link SpectralWeight}.
     *
     * @param shape (D, ...), where D is the number of the map's outputs
     */
    static Weight of(Layer layer, boolean normalized, Initializer start, long... shape) {
        if (normalized) {
            return new SpectralWeight(layer, start, shape);
        }
        Parameter weight = layer.parameter("weight", start, shape);
        return (pass, x) -> pass.value(weight, x);
    }
}
