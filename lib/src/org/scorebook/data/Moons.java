package org.scorebook.data;

import java.util.random.RandomGenerator;
import org.scorebook.process.Require;

/**
 * Two half circles of radius 1 that reach into each other: {@code (cos t, sin t)} and {@code (1 - cos t, 1/2 - sin t)}
 * with t from 0 to pi. The points are evenly spaced on each, both ends included, and in random order; the upper moon has
 * n / 2 of them, rounded down.
 *
 * <p>Source: scikit-learn's make_moons.
 *
 * @param noise standard deviation of the Gaussian noise on each coordinate, 0 or more
 */
public record Moons(double noise) implements PointSet {
    public Moons {
        Require.notNegative("noise", noise);
    }

    /** Without noise. */
    public Moons() {
        this(0);
    }

    @Override
    public double[][] points(int n, RandomGenerator random) {
        Require.atLeast("n", n, 1);
        double[][] points = new double[n][];
        int upper = n / 2;
        for (int i = 0; i < n; i++) {
            points[i] = i < upper ? upper(angle(i, upper)) : lower(angle(i - upper, n - upper));
        }
        return Points.noisy(Points.shuffled(points, random), noise, random);
    }

    private static double[] upper(double t) {
        return new double[] {Math.cos(t), Math.sin(t)};
    }

    private static double[] lower(double t) {
        return new double[] {1 - Math.cos(t), 0.5 - Math.sin(t)};
    }

    private static double angle(int i, int count) {
        return count == 1 ? 0 : Math.PI * i / (count - 1);
    }
}
