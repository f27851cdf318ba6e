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

/**
 * A vector for each time: two linear layers, with SiLU between them, over {@link Sinusoids}.
 *
 * <p>Source: Ho, Jain, Abbeel (2020), appendix B.
 */
final class TimeEmbedding extends AbstractBlock {
    private final Linear first;
    private final Linear second;

    /** @param units of the vector */
    TimeEmbedding(int units) {
        first = addChildBlock("mlp.0", Dense.layer(Sinusoids.COUNT, units));
        second = addChildBlock("mlp.2", Dense.layer(units, units));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray hidden = first.forward(store, inputs, training).singletonOrThrow();
        return second.forward(store, new NDList(Activation.SILU.of(hidden)), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return second.getOutputShapes(first.getOutputShapes(inputs));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        first.initialize(manager, type, inputs);
        second.initialize(manager, type, first.getOutputShapes(inputs));
    }
}
