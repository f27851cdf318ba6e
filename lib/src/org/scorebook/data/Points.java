package org.scorebook.data;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.scorebook.base.Require;

/** What the point sets have in common. */
final class Points {
    private Points() {}

    /** Points that are drawn one by one. */
    static double[][] each(int n, Supplier<double[]> point) {
        Require.atLeast("n", n, 1);
        double[][] points = new double[n][];
        for (int i = 0; i < n; i++) {
            points[i] = point.get();
        }
        return points;
    }

    /** The same points in random order (Fisher and Yates), so that any part of them is spread over the whole set. */
    static double[][] shuffled(double[][] points, RandomGenerator random) {
        for (int i = points.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double[] point = points[i];
            points[i] = points[j];
            points[j] = point;
        }
        return points;
    }

    /** Moves each coordinate by Gaussian noise; done last, so that one seed gives the same points below any noise. */
    static double[][] noisy(double[][] points, double noise, RandomGenerator random) {
        for (double[] point : points) {
            for (int d = 0; d < point.length; d++) {
                point[d] += noise * random.nextGaussian();
            }
        }
        return points;
    }
}
