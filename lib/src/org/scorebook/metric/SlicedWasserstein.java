package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.scorebook.base.Require;

/**
 * The Wasserstein distance of order 1 seen along lines: the mean over directions of the distance between the two samples'
 * projections, {@code E_theta W_1(theta . a, theta . b)} with theta uniform on the unit sphere.
 *
 * <p>Source: Bonneel et al., Sliced and Radon Wasserstein Barycenters of Measures (2015), there with order 2.
 */
public final class SlicedWasserstein {
    private SlicedWasserstein() {}

    /**
     * The mean over random directions; the distance along each is exact for projections rounded to float32.
     *
     * @param a points of shape (N, D), finite
     * @param b points of shape (M, D), finite
     * @param directions how many, at least 1; the error of the mean shrinks as one over the square root
     * @param seed of the directions
     * @return in the unit of the points, 0 or more
     * @throws IllegalArgumentException if a sample is empty or not finite, if their D differ, or if directions is below 1
     */
    public static Distance between(NDArray a, NDArray b, int directions, long seed) {
        FinitePoints.requirePair(a, b, 1);
        Require.atLeast("directions", directions, 1);
        SplittableRandom random = new SplittableRandom(seed);
        int dimension = Math.toIntExact(a.getShape().get(1));
        double total = 0;
        try (NDManager manager = a.getManager().newSubManager()) {
            NDArray x = FinitePoints.float64(a, manager).transpose();
            NDArray y = FinitePoints.float64(b, manager).transpose();
            for (int i = 0; i < directions; i++) {
                total += along(direction(dimension, random), x, y);
            }
        }
        return new Distance(
                total / directions, a.getShape().get(0), b.getShape().get(0));
    }

    /** A Gaussian vector points in no direction more than in another. */
    private static double[] direction(int dimension, SplittableRandom random) {
        double[] vector = new double[dimension];
        Arrays.setAll(vector, i -> random.nextGaussian());
        double length = Math.sqrt(Arrays.stream(vector).map(v -> v * v).sum());
        return Arrays.stream(vector).map(v -> v / length).toArray();
    }

    /** The distance of the projections of points that are columns. */
    private static double along(double[] direction, NDArray x, NDArray y) {
        try (NDManager manager = x.getManager().newSubManager()) {
            NDArray theta = manager.create(direction);
            // its first factor's manager owns a product, so theta comes first
            return Wasserstein.oneDimensional(
                    theta.matMul(x).toDoubleArray(), theta.matMul(y).toDoubleArray());
        }
    }
}
