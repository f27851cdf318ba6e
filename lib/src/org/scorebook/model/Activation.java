package org.scorebook.model;

import ai.djl.ndarray.NDArray;
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

    /** {@code tanh(x)}. */
    TANH {
        @Override
        NDArray of(NDArray x) {
            return x.tanh();
        }
    };

    abstract NDArray of(NDArray x);
}
