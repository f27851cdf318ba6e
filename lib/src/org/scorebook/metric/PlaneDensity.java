package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.scorebook.score.EnergyFunction;

/** A density in the plane on the grid of a {@link Quadrature}, normalized there. */
public final class PlaneDensity {
    private final Quadrature grid;
    private final double[] logDensity;
    private final double logZ;
    private final double error;

    /** @param energies at the grid's points, column by column, each from below */
    PlaneDensity(Quadrature grid, double[] energies) {
        this.grid = grid;
        for (double energy : energies) {
            if (Double.isNaN(energy) || energy == Double.NEGATIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "energy must be a number above minus infinity on the whole grid, but is " + energy
                                + " somewhere");
            }
        }
        logZ = logSum(energies, 1);
        error = Math.abs(logZ - logSum(energies, 2));
        if (!Double.isFinite(logZ)) {
            throw new IllegalArgumentException("energy must be finite somewhere on the grid, but log Z is " + logZ);
        }
        logDensity = Arrays.stream(energies).map(e -> -e - logZ).toArray();
    }

    /** The logarithm of the trapezoid sum over each point, or over each second one. */
    private double logSum(double[] energies, int stride) {
        double least = Arrays.stream(energies).min().orElseThrow();
        double sum = 0;
        for (int i = 0; i < grid.side(); i += stride) {
            for (int j = 0; j < grid.side(); j += stride) {
                sum += Quadrature.weight(i, j, grid.intervals()) * Math.exp(least - energies[i * grid.side() + j]);
            }
        }
        return Math.log(sum) - least + 2 * Math.log(grid.spacing() * stride);
    }

    /** The logarithm of the energy's integral {@code Z}, in nats. */
    public double logZ() {
        return logZ;
    }

    /** How far log Z is from that of each second point: what the rule's error can be, and for a smooth
     * density much more than it is. */
    public double error() {
        return error;
    }

    /** The mass of the outermost points, from 0 to 1: should be negligible, else the square is too small. */
    public double edgeMass() {
        double mass = 0;
        int last = grid.intervals();
        for (int i = 0; i <= last; i++) {
            for (int j = 0; j <= last; j++) {
                mass += i == 0 || j == 0 || i == last || j == last ? mass(i, j) : 0;
            }
        }
        return mass;
    }

    /** {@code log p} at a point, in nats per unit of area. */
    public double logDensity(int column, int row) {
        return logDensity[column * grid.side() + row];
    }

    private double mass(int i, int j) {
        double area = grid.spacing() * grid.spacing();
        return area * Quadrature.weight(i, j, grid.intervals()) * Math.exp(logDensity(i, j));
    }

    /**
     * {@code KL(p || q)} of this density p and another: the mean number of nats by which p's log-density is above q's at points of
     * p. From logarithms, so that q may be far too small for a double. Where p is 0 the integrand is 0.
     *
     * @param q on the same grid
     * @return in nats; infinite where q is 0 and p is not
     */
    public double divergenceTo(PlaneDensity q) {
        if (!grid.equals(q.grid)) {
            throw new IllegalArgumentException("q must be on the grid " + grid + ", but is on " + q.grid);
        }
        double sum = 0;
        for (int i = 0; i < grid.side(); i++) {
            for (int j = 0; j < grid.side(); j++) {
                double mass = mass(i, j);
                sum += mass == 0 ? 0 : mass * (logDensity(i, j) - q.logDensity(i, j));
            }
        }
        return sum;
    }

    /**
     * The mean log-likelihood that the energy with this density gives to points, {@code -mean E(x) - log Z}.
     *
     * @param energy whose log Z this is
     * @param points of shape (B, 2), on the grid or between its points
     * @return in nats
     */
    public double meanLogLikelihood(EnergyFunction energy, NDArray points) {
        FinitePoints.requireRows("points", points, 1);
        if (points.getShape().get(1) != 2) {
            throw new IllegalArgumentException("points must have shape (B, 2), but have " + points.getShape());
        }
        double mean =
                Arrays.stream(Quadrature.energies(energy, points)).average().orElseThrow();
        return -mean - logZ;
    }
}
