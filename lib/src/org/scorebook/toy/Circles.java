package org.scorebook.toy;

import java.util.random.RandomGenerator;
import org.scorebook.base.Require;

/**
 * Two circles around the origin, of radius 1 and of radius factor. The points are evenly spaced on each and in random
 * order; the outer circle has n / 2 of them, rounded down.
 *
 * <p>Source: scikit-learn's make_circles.
 *
 * @param noise standard deviation of the Gaussian noise on each coordinate, 0 or more
 * @param factor radius of the inner circle, from 0 to below 1
 */
public record Circles(double noise, double factor) implements PointSet {
    public Circles {
        Require.notNegative("noise", noise);
        Require.below("factor", factor, 1);
    }

    /** Without noise, with scikit-learn's factor 0.8. */
    public Circles() {
        this(0, 0.8);
    }

    @Override
    public double[][] points(int n, RandomGenerator random) {
        Require.atLeast("n", n, 1);
        double[][] points = new double[n][];
        int outer = n / 2;
        for (int i = 0; i < n; i++) {
            points[i] = i < outer ? onCircle(1, i, outer) : onCircle(factor, i - outer, n - outer);
        }
        return Points.noisy(Points.shuffled(points, random), noise, random);
    }

    private static double[] onCircle(double radius, int i, int count) {
        double t = 2 * Math.PI * i / count;
        return new double[] {radius * Math.cos(t), radius * Math.sin(t)};
    }
}
