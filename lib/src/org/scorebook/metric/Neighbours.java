package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.CancellationException;
import org.scorebook.aten.Blocks;
import org.scorebook.base.Require;

/**
 * Squared distances of many points with many numbers each, a block of rows at a time, by a product of matrices:
 * {@code |a_i|^2 + |b_j|^2 - 2 a_i . b_j} in float64, of points moved so that the mean of b is 0. That is many times faster
 * than {@link SquaredDistances} from D of about 10; distances below 1e-7 of the points' size are rounding. A block takes some
 * 128 MiB, whatever the numbers of points.
 */
final class Neighbours {
    /** Numbers in a block of distances, 32 MiB in float64; there are up to four of them at a time. */
    private static final long BLOCK = 1 << 22;

    private Neighbours() {}

    /** A use of a block of distances. */
    interface Use {
        /**
         * @param first row of a that the block starts with
         * @param rows of a, of shape (R, D), moved
         * @param squares of shape (R, M), 0 or more; all that is made from the block closes with it
         */
        void accept(int first, NDArray rows, NDArray squares);
    }

    /**
     * Hands over all blocks in order.
     *
     * @param a points of shape (N, D) in float64, as b of shape (M, D)
     * @param width how many numbers the use needs besides for each row of a
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    static void forEachBlock(NDArray a, NDArray b, long width, Use use) {
        int count = Math.toIntExact(a.getShape().get(0));
        int step = (int) Math.max(1, BLOCK / Math.max(width, b.getShape().get(0)));
        try (NDManager manager = b.getManager().newSubManager()) {
            NDArray columns = b.transpose();
            NDArray norms = b.square().sum(new int[] {1});
            columns.attach(manager);
            norms.attach(manager);
            Blocks.forEach(a, step, manager, (first, rows) -> {
                NDArray squares = rows.matMul(columns).muli(-2).addi(norms);
                squares.addi(rows.square().sum(new int[] {1}, true));
                use.accept(first, rows, squares.maximum(0));
                if (Thread.interrupted()) {
                    throw new CancellationException("distances were interrupted after " + Math.min(count, first + step)
                            + " of " + count + " rows");
                }
            });
        }
    }

    /** A copy in float64 that the manager owns, less a vector. */
    static NDArray moved(NDArray points, NDArray by, NDManager manager) {
        return FinitePoints.float64(points, manager).subi(by);
    }

    static void requireNeighbours(String name, NDArray points, int k, int least) {
        Require.atLeast("k", k, 1);
        if (points.getShape().get(0) < least) {
            throw new IllegalArgumentException(name + " must have at least " + least + " rows for k = " + k
                    + ", but has shape " + points.getShape());
        }
    }
}
