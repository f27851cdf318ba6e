package org.scorebook.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.Initializer;

/** Linear layers that start as PyTorch's do. */
final class Dense {
    private Dense() {}

    /** {@code y = W x + b} with W of shape (units, inputs), W and b uniform between -1 and 1 over the root of inputs. */
    static Linear layer(int inputs, int units) {
        Linear linear = Linear.builder().setUnits(units).build();
        float bound = (float) (1 / Math.sqrt(inputs));
        Initializer uniform =
                (NDManager manager, Shape shape, DataType type) -> manager.randomUniform(-bound, bound, shape, type);
        linear.setInitializer(uniform, Parameter.Type.WEIGHT);
        linear.setInitializer(uniform, Parameter.Type.BIAS);
        return linear;
    }
}
