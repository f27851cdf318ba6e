package org.scorebook.model;

import ai.djl.ndarray.NDArray;

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
            return x.mul(ai.djl.nn.Activation.sigmoid(x)); // swish with its factor is not safe, see Autograd.times
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
