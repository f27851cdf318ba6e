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
 * A vector for each time: sinusoids of many frequencies, {@code (cos(w_i t), sin(w_i t))} with
 * {@code w_i = 10000^(-i / (F / 2))} for i from 0, and then two linear layers with SiLU between them.
 *
 * <p>Source: Vaswani et al., Attention Is All You Need (2017), section 3.5; Ho, Jain, Abbeel (2020), appendix B.
 */
final class TimeEmbedding extends AbstractBlock {
    private static final double LONGEST_PERIOD = 10_000;

    private final int frequencies;
    private final Linear first;
    private final Linear second;

    /**
     * @param frequencies F, how many sinusoids, even
     * @param units of the vector
     */
    TimeEmbedding(int frequencies, int units) {
        this.frequencies = frequencies;
        first = addChildBlock("mlp.0", Dense.layer(frequencies, units));
        second = addChildBlock("mlp.2", Dense.layer(units, units));
    }

    /** Of shape (B, F) for times of shape (B). */
    static NDArray sinusoids(NDArray t, int frequencies) {
        int half = frequencies / 2;
        NDArray steps = t.getManager().arange(0, half, 1, DataType.FLOAT32);
        NDArray angles =
                t.reshape(-1, 1).mul(steps.mul(-Math.log(LONGEST_PERIOD) / half).exp());
        return angles.cos().concat(angles.sin(), 1);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList waves = new NDList(sinusoids(inputs.singletonOrThrow(), frequencies));
        NDArray hidden = first.forward(store, waves, training).singletonOrThrow();
        return second.forward(store, new NDList(Activation.SILU.of(hidden)), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return second.getOutputShapes(new Shape[] {new Shape(inputs[0].get(0), frequencies)});
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape waves = new Shape(1, frequencies);
        first.initialize(manager, type, waves);
        second.initialize(manager, type, first.getOutputShapes(new Shape[] {waves})[0]);
    }
}
