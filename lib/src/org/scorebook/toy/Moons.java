package org.scorebook.toy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.scorebook.base.Require;

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
    private static final int NODES = 10;

    public Moons {
        Require.notNegative("noise", noise);
    }

    /** Without noise. */
    public Moons() {
        this(0);
    }

    /**
     * The density that many points have: half of it along each moon, uniform in t, with the noise around it,
     *
     * <pre>p(x) = 1/(2 pi) sum over moons of integral_0^pi N(x; c(t), noise^2 I) dt</pre>
     *
     * where Gauss and Legendre's rule, on parts of each moon that are at most three deviations long, takes the integral. So it
     * is itself a mixture of Gaussians. Its log-density is right to 1e-6 up to six deviations off the moons, and farther off,
     * where hardly any density is left, to a thousandth of itself.
     *
     * @throws IllegalStateException if there is no noise, and so no density
     */
    public GaussianMixture density() {
        if (noise == 0) {
            throw new IllegalStateException("noise must be positive for a density, but is 0");
        }
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(NODES);
        int parts = (int) Math.ceil(Math.PI / (3 * noise));
        List<double[]> centres = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < parts * NODES; i++) {
            double t = Math.PI * (i / NODES + (rule.getPoint(i % NODES) + 1) / 2) / parts;
            centres.addAll(List.of(upper(t), lower(t)));
            weights.addAll(Collections.nCopies(2, rule.getWeight(i % NODES)));
        }
        double[] deviations = new double[centres.size()];
        Arrays.fill(deviations, noise);
        return new GaussianMixture(
                weights.stream().mapToDouble(w -> w).toArray(), centres.toArray(double[][]::new), deviations);
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
