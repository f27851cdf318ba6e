package org.scorebook.toy;

import java.util.random.RandomGenerator;
import org.scorebook.base.Require;

/**
 * Two three-quarter circles of radius 1 that join at the origin: {@code x = (sin t, sign(t) (cos t - 1))} with t uniform
 * from {@code -1.5 pi} to {@code 1.5 pi}.
 *
 * <p>Source: scikit-learn's make_s_curve, first and third coordinate.
 *
 * @param noise standard deviation of the Gaussian noise on each coordinate, 0 or more
 */
public record SCurve(double noise) implements PointSet {
    public SCurve {
        Require.notNegative("noise", noise);
    }

    /** Without noise. */
    public SCurve() {
        this(0);
    }

    @Override
    public double[][] points(int n, RandomGenerator random) {
        return Points.noisy(Points.each(n, () -> onCurve(random)), noise, random);
    }

    private static double[] onCurve(RandomGenerator random) {
        double t = 3 * Math.PI * (random.nextDouble() - 0.5);
        return new double[] {Math.sin(t), Math.signum(t) * (Math.cos(t) - 1)};
    }
}
