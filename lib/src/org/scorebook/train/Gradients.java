package org.scorebook.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.function.Supplier;
import org.scorebook.aten.Autograd;

/** What the descents of all models do with a loss. */
final class Gradients {
    private Gradients() {}

    /**
     * Adds the gradient of {@code share} times a loss to what the parameters behind it have.
     *
     * @param loss computes a scalar; a collector is open meanwhile
     * @return the loss without the share, which may be NaN or infinite
     */
    static double add(double share, Supplier<NDArray> loss) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray scalar = loss.get();
            collector.backward(share == 1 ? scalar : Autograd.times(scalar, share));
            return scalar.toType(DataType.FLOAT64, false).getDouble();
        }
    }
}
