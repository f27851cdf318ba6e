package org.scorebook.toy;

import java.util.random.RandomGenerator;
import org.scorebook.base.Require;

/**
 * A spiral of one and a half turns: {@code x = t (cos t, sin t)} with t uniform from {@code 1.5 pi} to {@code 4.5 pi}, so
 * that radius and angle are one, from about 4.7 to 14.1.
 *
 * <p>Source: scikit-learn's make_swiss_roll, first and third coordinate.
 *
 * @param noise standard deviation of the Gaussian noise on each coordinate, 0 or more
 */
public record SwissRoll(double noise) implements PointSet {
    public SwissRoll {
        Require.notNegative("noise", noise);
    }

    /** Without noise. */
    public SwissRoll() {
        this(0);
    }

    @Override
    public double[][] points(int n, RandomGenerator random) {
        return Points.noisy(Points.each(n, () -> onCurve(random)), noise, random);
    }

    private static double[] onCurve(RandomGenerator random) {
        double t = 1.5 * Math.PI * (1 + 2 * random.nextDouble());
        return new double[] {t * Math.cos(t), t * Math.sin(t)};
    }
}
