package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.scorebook.base.Require;

/**
 * Waves of many frequencies over the time, {@code (sin(w_i t), cos(w_i t))} with {@code w_i = 10000^(-i / (F / 2))} for i
 * from 0 to F / 2 - 1: neighbouring times look alike, and no two look the same.
 *
 * <p>Source: Vaswani et al., Attention Is All You Need (2017), section 3.5, with all sines before all cosines, as in DDPM.
 */
public final class Sinusoids {
    /** F, how many waves the networks for points use. */
    static final int COUNT = 128;

    private static final double LONGEST_PERIOD = 10_000;

    private Sinusoids() {}

    /**
     * Of shape (B, F) for times of shape (B).
     *
     * @param count F, even
     */
    public static NDArray of(NDArray t, int count) {
        Require.atLeast("count", count, 2);
        if (count % 2 != 0) {
            throw new IllegalArgumentException("count must be even, but is " + count);
        }
        int half = count / 2;
        NDArray steps = Require.given("t", t).getManager().arange(0, half, 1, DataType.FLOAT32);
        NDArray angles =
                t.reshape(-1, 1).mul(steps.mul(-Math.log(LONGEST_PERIOD) / half).exp());
        return angles.sin().concat(angles.cos(), 1);
    }
}
