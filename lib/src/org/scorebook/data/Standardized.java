package org.scorebook.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Another set's points with the mean of each coordinate taken off and both coordinates scaled by one factor, so that the
 * shape stays as it is: {@code y = deviation (x - mean) / s}, where {@code s^2} is the mean of the two coordinates'
 * variances.
 *
 * <p>Mean and s are those of the points of the draw itself, so two draws differ a little in both. That is more than it seems:
 * the Chamfer sum of two draws of 2,048 points of a Swiss roll at deviation 2 is about 10, of two halves of one draw 0.37.
 * So draw once, and take batches, or the two samples to compare, from that.
 *
 * @param source the set that draws
 * @param deviation standard deviation over both coordinates together, positive
 */
public record Standardized(PointSet source, double deviation) implements PointSet {
    public Standardized {
        Require.positive("deviation", deviation);
    }

    /** @throws IllegalArgumentException if n is below 2, or if all points are the same */
    @Override
    public double[][] points(int n, RandomGenerator random) {
        Require.atLeast("n", n, 2);
        double[][] points = source.points(n, random);
        Require.rows(points, n);
        double[] mean = {mean(points, 0), mean(points, 1)};
        double variance = (variance(points, 0, mean[0]) + variance(points, 1, mean[1])) / 2;
        double factor = deviation / Math.sqrt(variance);
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("source must draw finite points that differ, but all " + n
                    + " together have a variance of " + variance);
        }
        return Arrays.stream(points)
                .map(p -> new double[] {factor * (p[0] - mean[0]), factor * (p[1] - mean[1])})
                .toArray(double[][]::new);
    }

    private static double mean(double[][] points, int coordinate) {
        return Arrays.stream(points).mapToDouble(p -> p[coordinate]).sum() / points.length;
    }

    private static double variance(double[][] points, int coordinate, double mean) {
        return Arrays.stream(points)
                        .mapToDouble(p -> (p[coordinate] - mean) * (p[coordinate] - mean))
                        .sum()
                / points.length;
    }
}
