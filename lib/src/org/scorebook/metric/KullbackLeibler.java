package org.scorebook.metric;

import java.util.Arrays;
import org.scorebook.base.Require;

/** The Kullback-Leibler divergence: the mean number of nats that coding p's points by q costs too much. */
public final class KullbackLeibler {
    /** How far the rule's sum may be from 1: what a coarse grid makes of a density, or leaves out of it. */
    private static final double MASS_TOLERANCE = 0.01;

    private KullbackLeibler() {}

    /**
     * Between two densities on one evenly spaced grid, {@code KL(p || q) = integral p log(p / q)}, by the rectangle rule; the
     * grid must reach where p is negligible. Where p is 0 the integrand is 0.
     *
     * @param p densities, 0 or more, whose integral is 1 to within 0.01
     * @param q densities, positive wherever p is, whose integral is at most 1.01; it is less where q reaches beyond the grid
     * @param spacing of the grid, positive
     * @return in nats
     * @throws IllegalArgumentException if p or q is otherwise, without which the sum would mean nothing
     */
    public static double onGrid(double[] p, double[] q, double spacing) {
        if (Require.given("p", p).length != Require.given("q", q).length || p.length == 0) {
            throw new IllegalArgumentException(
                    "p and q must have one length, at least 1, but have " + p.length + " and " + q.length);
        }
        Require.positive("spacing", spacing);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0 && q[i] >= 0) || (p[i] > 0 && q[i] == 0)) {
                throw new IllegalArgumentException("q must be positive wherever p is, and p 0 or more, but at " + i
                        + " they are " + q[i] + " and " + p[i]);
            }
            sum += p[i] == 0 ? 0 : p[i] * Math.log(p[i] / q[i]);
        }
        requireMass(spacing * Arrays.stream(p).sum(), spacing * Arrays.stream(q).sum());
        return sum * spacing;
    }

    private static void requireMass(double ofP, double ofQ) {
        if (!(Math.abs(ofP - 1) <= MASS_TOLERANCE && ofQ <= 1 + MASS_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "p must have the integral 1 over the grid, and q 1 or less, but they have " + ofP + " and " + ofQ
                            + ": divide each by its sum times the spacing, or take a wider or finer grid");
        }
    }
}
