package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

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
        FinitePoints.requirePair("points", points, "set", set, 1);
        Neighbours.requireNeighbours("set", set, k, k);
        int count = Math.toIntExact(points.getShape().get(0));
        NearestNeighbours found = new NearestNeighbours(new int[count][k], new double[count][k]);
        try (Neighbours neighbours = new Neighbours(set)) {
            neighbours.nearest(points, found.indices, found.distances);
        }
        for (double[] squares : found.distances) {
            Arrays.setAll(squares, i -> Math.sqrt(squares[i]));
        }
        return found;
    }
}
