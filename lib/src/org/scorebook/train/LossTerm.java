package org.scorebook.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import org.scorebook.aten.Autograd;

/**
 * The loss of one batch, as a function of the model.
 *
 * @param <M> what the loss needs of the model
 */
@FunctionalInterface
public interface LossTerm<M> {
    /**
     * @param model while it is trained, a gradient collector is open
     * @return a scalar
     */
    NDArray of(M model);

    /**
     * Adds the gradient of {@code share} times the loss to what the parameters behind the model have; an optimizer's step uses
     * it up. Called while no gradient collector is open.
     *
     * @param share 1 for a step of one batch, 1 / n for one of n batches
     * @return the loss without the share, which may be NaN or infinite
     */
    default double backward(M model, double share) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = of(model);
            collector.backward(share == 1 ? loss : Autograd.times(loss, share));
            return loss.toType(DataType.FLOAT64, false).getDouble();
        }
    }
}
