package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.scorebook.aten.Blocks;
import org.scorebook.base.Require;
import org.scorebook.score.EnergyFunction;

/**
 * The normalizing constant of an energy in the plane, by the trapezoid rule on a square grid:
 *
 * <pre>log Z = log(h^2 sum_k w_k exp(-E(x_k))),   w = 1 inside, 1/2 on the sides and 1/4 at the corners</pre>
 *
 * For a smooth density that is negligible outside the square, the error falls faster than any power of h: for a Gaussian of
 * deviation h it is 1e-8, of deviation 2 h nothing. Otherwise it falls as h^2. {@link PlaneDensity} says how large it is.
 *
 * <p>Source: Trefethen and Weideman, The Exponentially Convergent Trapezoidal Rule (2014), theorem 5.1.
 *
 * @param from the least coordinate
 * @param to the largest, above from
 * @param intervals on each side, even, from 2 to 4,096, which need 1 GB of memory; h is {@code (to - from) / intervals}
 */
public record Quadrature(double from, double to, int intervals) {
    private static final int BLOCK = 8192;
    private static final int MOST = 4096;

    public Quadrature {
        if (!(from < to && Double.isFinite(to - from))) {
            throw new IllegalArgumentException(
                    "from must be below to, and both finite, but they are " + from + " and " + to);
        }
        Require.atLeast("intervals", intervals, 2);
        if (intervals % 2 != 0) {
            throw new IllegalArgumentException("intervals must be even, but is " + intervals);
        }
        if (intervals > MOST) {
            throw new IllegalArgumentException("intervals must be at most " + MOST + ", but is " + intervals
                    + ": the grid has as many points as their square, and all are kept");
        }
    }

    /** h, the distance of neighbours. */
    public double spacing() {
        return (to - from) / intervals;
    }

    /** Points on each side. */
    int side() {
        return intervals + 1;
    }

    /** Coordinate of the points of a row or column, from 0. */
    public double coordinate(int i) {
        return i == intervals ? to : from + i * spacing();
    }

    /** The weight of a point in the rule, without h^2. */
    static double weight(int i, int j, int last) {
        return (i == 0 || i == last ? 0.5 : 1) * (j == 0 || j == last ? 0.5 : 1);
    }

    /** The normalized density of an energy that takes points in float32, as networks do. */
    public PlaneDensity density(EnergyFunction energy, NDManager manager) {
        return density(energy, manager, DataType.FLOAT32);
    }

    /**
     * The normalized density of an energy; of a log-density that is known, {@code density(x -> logDensity(x).neg(), ...)}.
     *
     * @param energy called with some thousand points of shape (B, 2) at a time
     * @param manager what is made under it is closed
     * @param type of the points
     * @throws IllegalArgumentException if the energy is NaN or minus infinity somewhere, or infinite everywhere
     */
    public PlaneDensity density(EnergyFunction energy, NDManager manager, DataType type) {
        Require.given("energy", energy);
        Require.given("manager", manager);
        Require.given("type", type);
        double[] points = new double[2 * side() * side()];
        for (int k = 0; k < side() * side(); k++) {
            points[2 * k] = coordinate(k / side());
            points[2 * k + 1] = coordinate(k % side());
        }
        return new PlaneDensity(this, energies(energy, points, manager, type));
    }

    /** Of the rows of a flat array of pairs. */
    private static double[] energies(EnergyFunction energy, double[] points, NDManager manager, DataType type) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray rows = scope.create(points).reshape(points.length / 2, 2).toType(type, false);
            return energies(energy, rows);
        }
    }

    /** Of rows of points, a block at a time, so that memory does not grow with their number. */
    static double[] energies(EnergyFunction energy, NDArray points) {
        double[] energies = new double[Math.toIntExact(points.getShape().get(0))];
        Blocks.forEach(points, BLOCK, points.getManager(), (first, some) -> {
            NDArray found = energy.energy(some);
            if (found.size() != some.getShape().get(0)) {
                throw new IllegalArgumentException("energy must give one number for each of "
                        + some.getShape().get(0) + " points, but gives an array of shape " + found.getShape());
            }
            double[] part = found.toType(DataType.FLOAT64, true).toDoubleArray();
            System.arraycopy(part, 0, energies, first, part.length);
        });
        return energies;
    }
}
