package org.scorebook.toy;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.scorebook.base.Require;
import org.scorebook.base.Shuffle;

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

    /** The same points in random order, so that any part of them is spread over the whole set. */
    static double[][] shuffled(double[][] points, RandomGenerator random) {
        return IntStream.of(Shuffle.of(points.length, random))
                .mapToObj(row -> points[row])
                .toArray(double[][]::new);
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
