package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Waves of many frequencies over the time, {@code (cos(w_i t), sin(w_i t))} with {@code w_i = 10000^(-i / (F / 2))} for i
 * from 0 to F / 2 - 1: neighbouring times look alike, and no two look the same.
 *
 * <p>Source: Vaswani et al., Attention Is All You Need (2017), section 3.5.
 */
final class Sinusoids {
    /** F, how many waves the networks for points use. */
    static final int COUNT = 128;

    private static final double LONGEST_PERIOD = 10_000;

    private Sinusoids() {}

    /** Of shape (B, F) for times of shape (B); F is even. */
    static NDArray of(NDArray t, int count) {
        int half = count / 2;
        NDArray steps = t.getManager().arange(0, half, 1, DataType.FLOAT32);
        NDArray angles =
                t.reshape(-1, 1).mul(steps.mul(-Math.log(LONGEST_PERIOD) / half).exp());
        return angles.cos().concat(angles.sin(), 1);
    }
}
