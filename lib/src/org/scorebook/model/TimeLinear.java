package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A linear layer whose outputs are scaled by the time: {@code y = e(t) (W x + b)}, e the {@link TimeEmbedding}. Its inputs are points and
 * the times' {@link Sinusoids}. */
final class TimeLinear extends AbstractBlock {
    private final TimeEmbedding embedding;
    private final Linear linear;

    TimeLinear(int inputs, int units) {
        embedding = addChildBlock("time_embedding", new TimeEmbedding(units));
        linear = addChildBlock("fc", Dense.layer(inputs, units));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray scale =
                embedding.forward(store, new NDList(inputs.get(1)), training).singletonOrThrow();
        NDArray y = linear.forward(store, new NDList(inputs.get(0)), training).singletonOrThrow();
        return new NDList(y.mul(scale));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return linear.getOutputShapes(new Shape[] {inputs[0]});
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        embedding.initialize(manager, type, inputs[1]);
        linear.initialize(manager, type, inputs[0]);
    }
}
