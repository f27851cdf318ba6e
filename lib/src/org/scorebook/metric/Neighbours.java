package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.scorebook.aten.Blocks;
import org.scorebook.base.Require;

/**
 * Distances of many points to a set, of many numbers each. All pairs are compared by a product of matrices,
 * {@code |a_i|^2 + |b_j|^2 - 2 a_i . b_j} in float64, of points moved so that the mean of the set is 0: many times faster
 * than {@link SquaredDistances} from D of about 10, but it loses small distances and exact ties to rounding. Where rounding
 * could change an answer, the row is therefore compared once more by differences. A block takes some 128 MiB, whatever the
 * numbers of points.
 */
final class Neighbours implements AutoCloseable {
    /** Numbers in a block of distances, 32 MiB in float64; there are up to four of them at a time. */
    private static final long BLOCK = 1 << 22;

    private final NDManager manager;
    private final NDArray set;
    private final NDArray center;
    private final NDArray columns;
    private final NDArray norms;
    private final double unit;
    private final double largest;

    /** A use of a block of rows. */
    interface Use {
        /**
         * @param first row that the block starts with
         * @param rows of shape (R, D), float64
         * @param squares of shape (R, M), nearly the squared distances; all that is made from the block closes with it
         * @param error of shape (R, 1): how far from its squared distance a number in the row can be
         */
        void accept(int first, NDArray rows, NDArray squares, NDArray error);
    }

    /** @param set of shape (M, D) */
    Neighbours(NDArray set) {
        manager = set.getManager().newSubManager();
        this.set = FinitePoints.float64(set, manager);
        center = this.set.mean(new int[] {0});
        NDArray moved = this.set.sub(center);
        columns = moved.transpose();
        norms = moved.square().sum(new int[] {1});
        largest = norms.max().getDouble();
        unit = 2 * (set.getShape().get(1) + 4) * Math.ulp(1.0); // a sum of D products, and two differences
    }

    /**
     * Hands over all blocks in order.
     *
     * @param points of shape (N, D)
     * @param width how many numbers the use needs besides for each row
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    void forEachBlock(NDArray points, long width, Use use) {
        int count = Math.toIntExact(points.getShape().get(0));
        int step = (int) Math.max(1, BLOCK / Math.max(width, norms.size()));
        Blocks.forEach(points, step, manager, (first, some) -> {
            NDArray rows = some.toType(DataType.FLOAT64, false);
            NDArray moved = rows.sub(center);
            NDArray own = moved.square().sum(new int[] {1}, true);
            NDArray squares =
                    moved.matMul(columns).muli(-2).addi(norms).addi(own).maximum(0);
            use.accept(first, rows, squares, own.add(largest).mul(unit));
            if (Thread.interrupted()) {
                throw new CancellationException(
                        "distances were interrupted after " + Math.min(count, first + step) + " of " + count + " rows");
            }
        });
    }

    /** Squared distances of rows to the whole set by differences, of shape (R, M). */
    NDArray exact(NDArray rows) {
        NDList parts = new NDList();
        SquaredDistances.forEachBlock(rows, set, part -> {
            NDArray kept = part.duplicate();
            kept.attach(rows.getManager());
            parts.add(kept);
        });
        return NDArrays.concat(parts);
    }

    /**
     * The k nearest of the set to each point.
     *
     * @param points of shape (N, D)
     * @param indices is given their rows in the set, the nearest first, of shape (N, k)
     * @param distances is given the squared distances to them, by differences
     */
    void nearest(NDArray points, int[][] indices, double[][] distances) {
        int k = indices[0].length;
        forEachBlock(points, k * set.getShape().get(1), (first, rows, squares, error) -> {
            NDList near = squares.topK(k, 1, false, true);
            NDArray exact = to(rows, near.get(1));
            NDArray order = exact.argSort(1);
            int[] all =
                    IntStream.range(first, first + (int) rows.getShape().get(0)).toArray();
            put(exact.gather(order, 1), near.get(1).gather(order, 1), all, indices, distances);
            NDArray reach = near.get(0).get(":, {}:{}", k - 1, k).add(error.mul(2));
            int[] unsure = where(squares.lte(reach).countNonzero(1).gt(k));
            if (unsure.length > 0) {
                NDList again = exact(rows.get(rows.getManager().create(unsure))).topK(k, 1, false, true);
                int[] places = IntStream.of(unsure).map(i -> first + i).toArray();
                put(again.get(0), again.get(1), places, indices, distances);
            }
        });
    }

    /** Squared distances of each row to some of the set, of shape (R, k) as their indices. */
    private NDArray to(NDArray rows, NDArray nearest) {
        Shape shape = nearest.getShape();
        NDArray some = set.get(nearest.flatten()).reshape(shape.get(0), shape.get(1), -1);
        some.attach(rows.getManager());
        return rows.expandDims(1).sub(some).square().sum(new int[] {2});
    }

    private static void put(NDArray squares, NDArray nearest, int[] places, int[][] indices, double[][] distances) {
        double[] found = squares.toDoubleArray();
        long[] rows = nearest.toType(DataType.INT64, false).toLongArray();
        int k = indices[0].length;
        for (int i = 0; i < found.length; i++) {
            indices[places[i / k]][i % k] = (int) rows[i];
            distances[places[i / k]][i % k] = found[i];
        }
    }

    /** The numbers of the rows for which a condition, of shape (R) or (R, 1), holds. */
    static int[] where(NDArray condition) {
        boolean[] holds = condition.toBooleanArray();
        return IntStream.range(0, holds.length).filter(i -> holds[i]).toArray();
    }

    static void requireNeighbours(String name, NDArray points, int k, int least) {
        Require.atLeast("k", k, 1);
        if (points.getShape().get(0) < least) {
            throw new IllegalArgumentException(name + " must have at least " + least + " rows for k = " + k
                    + ", but has shape " + points.getShape());
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
