package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.Require;

/**
 * A network of linear layers with an activation between them, for points of shape (B, D). It either ignores the time, or
 * takes it as one more coordinate.
 */
public final class Mlp extends Layer {
    private final Activation activation;
    private final boolean timed;
    private final List<Dense> layers = new ArrayList<>();

    private Mlp(Activation activation, boolean timed, int dimension, int... hidden) {
        this.activation = Require.given("activation", activation);
        this.timed = timed;
        int[] widths = Widths.checked(dimension, hidden);
        int inputs = dimension + (timed ? 1 : 0);
        for (int width : widths) {
            layers.add(addChildBlock("layers." + layers.size(), new Dense(inputs, width)));
            inputs = width;
        }
    }

    /**
     * A network of the points alone, such as 2-128-128-2.
     *
     * @param dimension D, of the points and of the output
     * @param hidden the numbers of units of the layers between, at least one
     */
    public static Mlp ofPoints(Activation activation, int dimension, int... hidden) {
        return new Mlp(activation, false, dimension, hidden);
    }

    /** A network of the points and the time, such as (1 + 1)-64-64-1. */
    public static Mlp ofPointsAndTime(Activation activation, int dimension, int... hidden) {
        return new Mlp(activation, true, dimension, hidden);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        if (timed) {
            Shape column = new Shape(x.getShape().get(0), 1);
            x = x.concat(inputs[1].reshape(-1, 1).broadcast(column), 1);
        }
        return activation.between(layers, pass, x);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
