package org.scorebook.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scorebook.base.Require;

/**
 * Points of the plane that can be drawn in any number. One method makes a new one:
 *
 * <pre>{@code
 * PointSet square = (n, random) -> {
 *     double[][] points = new double[n][2];
 *     for (double[] point : points) {
 *         point[0] = random.nextDouble();
 *         point[1] = random.nextDouble();
 *     }
 *     return points;
 * };
 * }</pre>
 */
@FunctionalInterface
public interface PointSet {
    /**
     * Draws points.
     *
     * @param n how many, at least 1
     * @param random where all randomness comes from
     * @return n rows of two numbers
     */
    double[][] points(int n, RandomGenerator random);

    /**
     * Draws points from a seed: the same seed gives the same points.
     *
     * @param n how many, at least 1
     * @return n rows of two numbers
     * @throws IllegalArgumentException if n is below 1, or if the set gives rows of another number or length
     */
    default double[][] points(int n, long seed) {
        Require.atLeast("n", n, 1);
        double[][] points = points(n, new SplittableRandom(seed));
        requireRows(points, n);
        return points;
    }

    /**
     * The {@linkplain #points(int, long) points of a seed} as an array of shape (n, 2) in float32.
     *
     * @param manager owner of the array
     * @param n how many, at least 1
     */
    default NDArray sample(NDManager manager, int n, long seed) {
        double[][] points = points(n, seed);
        float[] flat = new float[2 * n];
        for (int i = 0; i < n; i++) {
            flat[2 * i] = (float) points[i][0];
            flat[2 * i + 1] = (float) points[i][1];
        }
        return manager.create(flat, new Shape(n, 2));
    }

    /** This set, moved and scaled to mean 0 and the given standard deviation: {@link Standardized}. */
    default PointSet standardized(double deviation) {
        return new Standardized(this, deviation);
    }

    private static void requireRows(double[][] points, int n) {
        if (points.length != n) {
            throw new IllegalArgumentException("points must give " + n + " rows, but gave " + points.length);
        }
        for (double[] point : points) {
            if (point.length != 2) {
                throw new IllegalArgumentException("points must give rows of two numbers, but one has " + point.length);
            }
        }
    }
}
