package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * A network for points of shape (B, D) at times (B) or (1): linear layers, each scaled by an embedding of the time of its
 * own, with SiLU between them. Times are best in the range of DDPM's steps, 1 to 1,000.
 */
public final class TimeNet extends AbstractBlock {
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
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray x = inputs.get(0);
        NDArray waves = Sinusoids.of(inputs.get(1), Sinusoids.COUNT);
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).forward(store, new NDList(x, waves), training).singletonOrThrow();
            x = i < layers.size() - 1 ? Activation.SILU.of(x) : x;
        }
        return new NDList(x);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {inputs[0]};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape shape = inputs[0];
        for (TimeLinear layer : layers) {
            layer.initialize(manager, type, shape, new Shape(1, Sinusoids.COUNT));
            shape = layer.getOutputShapes(new Shape[] {shape})[0];
        }
    }
}
