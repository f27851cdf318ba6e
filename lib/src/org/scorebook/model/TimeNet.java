package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A network for points of shape (B, D) at times (B) or (1): linear layers, each scaled by an embedding of the time of its
 * own, with SiLU between them. Times are best in the range of DDPM's steps, 1 to 1,000.
 */
public final class TimeNet extends Layer {
    private final List<TimeLinear> layers = new ArrayList<>();

    /**
     * @param dimension D, of the points and of the output
     * @param hidden the numbers of units of the layers between, at least one
     */
    public TimeNet(int dimension, int... hidden) {
        int inputs = dimension;
        for (int width : Widths.checked(dimension, hidden)) {
            layers.add(addChildBlock("layers." + layers.size(), new TimeLinear(inputs, width)));
            inputs = width;
        }
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        NDArray waves = Sinusoids.of(inputs[1], Sinusoids.COUNT);
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).apply(pass, x, waves);
            x = i < layers.size() - 1 ? Activation.SILU.of(x) : x;
        }
        return x;
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
