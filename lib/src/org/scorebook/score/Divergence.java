package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.function.UnaryOperator;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;
import org.scorebook.base.Require;

/**
 * The divergence of a vector field, {@code div v(x) = sum_i dv_i / dx_i} over all coordinates of a point, for each point: how
 * fast volume grows there, the trace of {@code dv/dx}. Called while a gradient collector is open.
 */
@FunctionalInterface
public interface Divergence {
    /**
     * Divergences for one solution of an equation, or one loss, in which random directions stay the same.
     *
     * @param start gives the shape of the points, (B, ...), and their type
     */
    Trace along(NDArray start);

    /** The divergence at points on the way. */
    @FunctionalInterface
    interface Trace {
        /**
         * @param v the field's values at x, tracked, of shape (B, ...); those of a point depend on no other point
         * @param x tracked, of the same shape
         * @return of shape (B), tracked
         */
        NDArray of(NDArray v, NDArray x);
    }

    /** Exactly, by one gradient for each of a point's coordinates. */
    static Divergence exact() {
        return start -> (v, x) -> {
            NDArray rows = rows(v);
            NDArray sum = rows(x.zerosLike()).sum(new int[] {1});
            for (long i = 0; i < rows.getShape().get(1); i++) {
                NDIndex column = new NDIndex(":, " + i);
                NDArray slope = Autograd.gradient(rows.get(column).sum(), x);
                sum = sum.add(rows(slope).get(column));
            }
            return sum;
        };
    }

    /**
     * Hutchinson's estimate {@code e^T (dv/dx) e} with random signs e, right on average, by one gradient for any number of
     * coordinates; of all independent directions signs have the least variance.
     *
     * <p>Source: Hutchinson (1990); Grathwohl et al., FFJORD (2019), eq. 8.
     *
     * @param noise whose signs are taken
     */
    static Divergence hutchinson(Noise noise) {
        Require.given("noise", noise);
        return projected(start -> noise.like(start).sign());
    }

    /**
     * The same estimate along directions {@code e ~ N(0, I)}.
     *
     * <p>Source: Song et al., Sliced Score Matching (2019), eq. 8.
     *
     * @param noise gives the directions
     */
    static Divergence gaussian(Noise noise) {
        return projected(Require.given("noise", noise)::like);
    }

    private static Divergence projected(UnaryOperator<NDArray> directions) {
        return start -> {
            NDArray e = ArrayChecks.sameShape("noise", directions.apply(start), start);
            return (v, x) -> rows(Autograd.gradient(v.mul(e).sum(), x).mul(e)).sum(new int[] {1});
        };
    }

    private static NDArray rows(NDArray x) {
        return x.reshape(x.getShape().get(0), -1);
    }
}
