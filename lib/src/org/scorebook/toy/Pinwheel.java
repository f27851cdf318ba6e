package org.scorebook.toy;

import java.util.random.RandomGenerator;
import org.scorebook.base.Require;

/**
 * Arms that bend the more the further out they are. A point is drawn as {@code r ~ N(1, radial^2)} along its arm and
 * {@code s ~ N(0, tangential^2)} across it; arm k is turned clockwise by {@code a = 2 pi k / arms + rate exp(r)}, and all is
 * doubled: {@code x = 2 (r cos a + s sin a, s cos a - r sin a)}. The points are in random order and shared out evenly; those
 * that are left over go to arms drawn by chance.
 *
 * <p>Source: Johnson et al., Composing Graphical Models with Neural Networks (2016), in the scale of the toy data of
 * Grathwohl et al., FFJORD (2019).
 *
 * @param radial standard deviation along an arm before doubling, 0 or more
 * @param tangential standard deviation across an arm before doubling, 0 or more
 * @param arms at least 1
 * @param rate how strongly the arms bend, in radians, finite; 0 leaves them straight
 */
public record Pinwheel(double radial, double tangential, int arms, double rate) implements PointSet {
    public Pinwheel {
        Require.notNegative("radial", radial);
        Require.notNegative("tangential", tangential);
        Require.atLeast("arms", arms, 1);
        Require.finite("rate", rate);
    }

    /** With five arms, 0.3 along and 0.1 across them, and a rate of 0.25. */
    public Pinwheel() {
        this(0.3, 0.1, 5, 0.25);
    }

    @Override
    public double[][] points(int n, RandomGenerator random) {
        Require.atLeast("n", n, 1);
        double[][] points = new double[n][];
        int first = random.nextInt(arms);
        for (int i = 0; i < n; i++) {
            points[i] = onArm((first + i % arms) % arms, random);
        }
        return Points.shuffled(points, random);
    }

    private double[] onArm(int arm, RandomGenerator random) {
        double r = 1 + radial * random.nextGaussian();
        double s = tangential * random.nextGaussian();
        double a = 2 * Math.PI * arm / arms + rate * Math.exp(r);
        return new double[] {2 * (r * Math.cos(a) + s * Math.sin(a)), 2 * (s * Math.cos(a) - r * Math.sin(a))};
    }
}
