package org.scorebook.toy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.scorebook.base.Require;

/**
 * Another set, moved to mean 0 and scaled by one factor for both coordinates, so that its shape stays as it is:
 * {@code y = deviation (x - mean) / s}, where {@code s^2} is the mean of the two coordinates' variances.
 *
 * <p>Mean and s are measured once, on 100,000 points from a fixed seed, so that all draws come from one distribution: scaled
 * by moments of their own, two draws would lie apart, farther than samples of the shape do. The moments of that
 * distribution are right to about 1 in 300.
 */
public final class Standardized implements PointSet {
    private static final int MEASURED = 100_000;

    private final PointSet source;
    private final double[] mean;
    private final double factor;

    /**
     * @param source the set that draws
     * @param deviation standard deviation over both coordinates together, positive
     * @throws IllegalArgumentException if all points of the source are the same, or some are not finite
     */
    public Standardized(PointSet source, double deviation) {
        Require.positive("deviation", deviation);
        this.source = Require.given("source", source);
        double[][] points = source.points(MEASURED, 0);
        mean = new double[] {mean(points, 0), mean(points, 1)};
        double variance = (variance(points, 0) + variance(points, 1)) / 2;
        factor = deviation / Math.sqrt(variance);
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("source must draw finite points that differ, but all " + MEASURED
                    + " together have a variance of " + variance);
        }
    }

    @Override
    public double[][] points(int n, RandomGenerator random) {
        return Arrays.stream(source.points(n, random))
                .map(p -> new double[] {factor * (p[0] - mean[0]), factor * (p[1] - mean[1])})
                .toArray(double[][]::new);
    }

    private static double mean(double[][] points, int coordinate) {
        return Arrays.stream(points).mapToDouble(p -> p[coordinate]).sum() / points.length;
    }

    private double variance(double[][] points, int coordinate) {
        return Arrays.stream(points)
                        .mapToDouble(p -> (p[coordinate] - mean[coordinate]) * (p[coordinate] - mean[coordinate]))
                        .sum()
                / points.length;
    }
}
