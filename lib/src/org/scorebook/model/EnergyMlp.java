package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.Require;

/**
 * Linear layers with an activation between them, from points (B, D) to energies (B, 1). The activation should be smooth
 * ({@link Activation#SILU}, {@link Activation#SOFTPLUS}): the energy's gradient, which is what samplers follow, then is too.
 */
public final class EnergyMlp extends Layer {
    private final Activation activation;
    private final List<Dense> layers = new ArrayList<>();

    /**
     * A network such as 2-128-128-1.
     *
     * @param dimension D, at least 1
     * @param hidden the numbers of units of the layers between, at least one
     */
    public EnergyMlp(Activation activation, int dimension, int... hidden) {
        this.activation = Require.given("activation", activation);
        Require.atLeast("dimension", dimension, 1);
        int inputs = dimension;
        for (int width : Widths.checked(1, hidden)) {
            layers.add(addChildBlock("layers." + layers.size(), new Dense(inputs, width)));
            inputs = width;
        }
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return activation.between(layers, pass, inputs[0]);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return new Shape(inputs[0].get(0), 1);
    }
}
