package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.scorebook.aten.Blocks;

/**
 * {@code |a_i - b_j|^2} for all pairs of rows, a block of rows of a at a time, so that memory does not grow with their
 * product. From differences in float64: {@code |a|^2 + |b|^2 - 2 a b} would lose the small distances to cancellation.
 */
final class SquaredDistances {
    /** Numbers in the largest temporary array, 8 MiB in float64. */
    private static final long BLOCK = 1 << 20;

    private SquaredDistances() {}

    /**
     * Hands over all blocks in order, each of shape (rows, M), and closes it afterwards.
     *
     * @param a points of shape (N, D)
     * @param b points of shape (M, D)
     */
    static void forEachBlock(NDArray a, NDArray b, Consumer<NDArray> use) {
        try (NDManager manager = a.getManager().newSubManager()) {
            NDArray x = FinitePoints.float64(a, manager);
            // columns of coordinates: the engine is several times faster over long rows than over rows of D numbers
            NDArray y = FinitePoints.float64(b, manager)
                    .transpose()
                    .flatten()
                    .reshape(b.getShape().get(1), -1);
            int size = (int) Math.max(1, BLOCK / y.size());
            Blocks.forEach(
                    x,
                    size,
                    manager,
                    (first, rows) ->
                            use.accept(rows.expandDims(2).sub(y).square().sum(new int[] {1})));
        }
    }

    /** The sum over the blocks of the number that each is reduced to. */
    static double total(NDArray a, NDArray b, ToDoubleFunction<NDArray> reduce) {
        double[] total = {0};
        forEachBlock(a, b, block -> total[0] += reduce.applyAsDouble(block));
        return total[0];
    }
}
