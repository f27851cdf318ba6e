package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;
import org.scorebook.base.Require;
import org.scorebook.score.Noise;

/**
 * The divergence of a vector field, {@code div v(x) = sum_i dv_i / dx_i}, for each row of x: how fast volume grows there.
 * Called while a gradient collector is open.
 */
@FunctionalInterface
public interface Divergence {
    /** Divergences for one solution of an equation, along which random directions should stay the same. */
    Estimate along(NDArray start);

    /** The divergence at points on the way. */
    @FunctionalInterface
    interface Estimate {
        /**
         * @param v the field's values at x, tracked, of shape (B, D)
         * @param x tracked, of shape (B, D)
         * @return of shape (B)
         */
        NDArray of(NDArray v, NDArray x);
    }

    /** Exactly, by one gradient for each of the D coordinates. */
    static Divergence exact() {
        return start -> (v, x) -> {
            NDArray sum = x.zerosLike().sum(new int[] {1});
            for (long i = 0; i < x.getShape().get(1); i++) {
                NDIndex column = new NDIndex(":, " + i);
                sum = sum.add(Autograd.gradient(v.get(column).sum(), x).get(column));
            }
            return sum;
        };
    }

    /**
     * Hutchinson's estimate {@code e^T (dv/dx) e} with random signs e, right on average, by one gradient for any D.
     *
     * <p>Source: Hutchinson (1990); Grathwohl et al., FFJORD (2019), eq. 8.
     *
     * @param noise whose signs are taken
     */
    static Divergence hutchinson(Noise noise) {
        Require.given("noise", noise);
        return start -> {
            NDArray signs =
                    ArrayChecks.sameShape("noise", noise.like(start), start).sign();
            return (v, x) -> Autograd.gradient(v.mul(signs).sum(), x).mul(signs).sum(new int[] {1});
        };
    }
}
