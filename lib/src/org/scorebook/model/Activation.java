package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.scorebook.aten.Functional;

/** What stands between the linear layers of a network. */
public enum Activation {
    /** {@code max(x, 0)}. */
    RELU {
        @Override
        NDArray of(NDArray x) {
            return ai.djl.nn.Activation.relu(x);
        }
    },

    /** {@code x / (1 + exp(-x))}, also called swish; smooth, so that the network's derivatives are. */
    SILU {
        @Override
        NDArray of(NDArray x) {
            return Functional.silu(x); // DJL's swish is not safe to differentiate, see Autograd.times
        }
    },

    /** {@code log(1 + exp(x))}, a smooth form of {@link #RELU}. */
    SOFTPLUS {
        @Override
        NDArray of(NDArray x) {
            return Functional.softplus(x);
        }
    },

    /** {@code tanh(x)}. */
    TANH {
        @Override
        NDArray of(NDArray x) {
            return x.tanh();
        }
    };

    abstract NDArray of(NDArray x);

    /** A network of these layers, with the activation after all but the last. */
    final NDArray between(List<Dense> layers, Layer.Pass pass, NDArray x) {
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).apply(pass, x);
            x = i < layers.size() - 1 ? of(x) : x;
        }
        return x;
    }
}
