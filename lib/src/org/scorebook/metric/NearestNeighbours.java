package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * For each point of one sample the nearest points of a set, such as the training images that a generated image is most like:
 * a model that has learned its training set by heart gives distances near 0.
 *
 * @param indices for each point the rows of the set, the nearest first
 * @param distances to these rows, Euclidean, in the unit of the points; exactly 0 for a copy
 */
public record NearestNeighbours(int[][] indices, double[][] distances) {
    /**
     * Compares all points with all of the set; memory does not grow with the product of their numbers.
     *
     * @param points of shape (N, D), finite; images as rows of pixels or of features
     * @param set of shape (M, D), finite, M at least k
     * @param k how many for each point, at least 1; equally near rows come in any order
     * @throws IllegalArgumentException if a sample is empty or not finite, if their D differ, or if k is out of range
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; the interrupt is used up
     */
    public static NearestNeighbours of(NDArray points, NDArray set, int k) {
        FinitePoints.requirePair(points, set, 1);
        Neighbours.requireNeighbours("set", set, k, k);
        int count = Math.toIntExact(points.getShape().get(0));
        NearestNeighbours found = new NearestNeighbours(new int[count][k], new double[count][k]);
        try (NDManager manager = set.getManager().newSubManager()) {
            NDArray center = FinitePoints.float64(set, manager).mean(new int[] {0});
            NDArray a = Neighbours.moved(points, center, manager);
            NDArray b = Neighbours.moved(set, center, manager);
            Neighbours.forEachBlock(a, b, k * b.getShape().get(1), (first, rows, squares) -> {
                NDArray nearest = squares.topK(k, 1, false, true).get(1);
                found.put(first, nearest, exact(rows, b, nearest));
            });
        }
        return found;
    }

    /** From differences, because the product of matrices loses the smallest distances. */
    private static NDArray exact(NDArray rows, NDArray set, NDArray nearest) {
        Shape shape = nearest.getShape();
        NDArray neighbours = set.get(nearest.flatten()).reshape(shape.get(0), shape.get(1), -1);
        neighbours.attach(rows.getManager());
        return rows.expandDims(1).sub(neighbours).square().sum(new int[] {2}).sqrt();
    }

    private void put(int first, NDArray nearest, NDArray exact) {
        NDArray order = exact.argSort(1);
        long[] rows = nearest.gather(order, 1).toType(DataType.INT64, false).toLongArray();
        double[] sorted = exact.gather(order, 1).toDoubleArray();
        int k = indices[0].length;
        for (int i = 0; i < rows.length; i++) {
            indices[first + i / k][i % k] = (int) rows[i];
            distances[first + i / k][i % k] = sorted[i];
        }
    }
}
