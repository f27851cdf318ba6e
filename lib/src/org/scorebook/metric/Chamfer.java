package org.scorebook.metric;

import ai.djl.ndarray.NDArray;

/**
 * The Chamfer distance between two samples: how far each point is from the nearest of the other sample, squared. Two
 * samples of one distribution are not at distance 0; compare only values of the same sizes.
 *
 * <p>Source: Fan, Su, Guibas, A Point Set Generation Network for 3D Object Reconstruction from a Single Image (2017), eq. 1.
 */
public final class Chamfer {
    private Chamfer() {}

    /**
     * {@code sum_i min_j |a_i - b_j|^2 + sum_j min_i |a_i - b_j|^2}, which grows with the number of points.
     *
     * @param a points of shape (N, D), finite
     * @param b points of shape (M, D), finite
     * @return in squared units of the points, 0 or more
     * @throws IllegalArgumentException if a sample is empty or not finite, or if their D differ
     */
    public static Distance sum(NDArray a, NDArray b) {
        FinitePoints.requirePair(a, b, 1);
        return distance(toNearest(a, b) + toNearest(b, a), a, b);
    }

    /**
     * {@code 1/N sum_i min_j |a_i - b_j|^2 + 1/M sum_j min_i |a_i - b_j|^2}, the sum with means in its place.
     *
     * @param a points of shape (N, D), finite
     * @param b points of shape (M, D), finite
     * @return in squared units of the points, 0 or more
     * @throws IllegalArgumentException if a sample is empty or not finite, or if their D differ
     */
    public static Distance mean(NDArray a, NDArray b) {
        FinitePoints.requirePair(a, b, 1);
        double value = toNearest(a, b) / a.getShape().get(0)
                + toNearest(b, a) / b.getShape().get(0);
        return distance(value, a, b);
    }

    private static double toNearest(NDArray from, NDArray to) {
        return SquaredDistances.total(
                from, to, block -> block.min(new int[] {1}).sum().getDouble());
    }

    private static Distance distance(double value, NDArray a, NDArray b) {
        return new Distance(value, a.getShape().get(0), b.getShape().get(0));
    }
}
