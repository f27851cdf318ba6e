package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Locale;

/**
 * How many generated points look real, and how many real points could be generated. The part of space that a set covers is
 * taken for the balls around its points that reach to their k-th nearest neighbour in the set:
 *
 * <pre>precision = share of generated points inside the real set's balls
 * recall    = share of real points inside the generated set's balls</pre>
 *
 * <p>Both grow with k and depend on the sizes of the sets, so compare only values of one k and one size. On features, not
 * pixels.
 *
 * <p>Source: Kynkäänniemi et al., Improved Precision and Recall Metric for Assessing Generative Models (2019), section 2.
 *
 * @param precision from 0 to 1
 * @param recall from 0 to 1
 * @param k which neighbour, at least 1
 * @param generated how many generated points there are
 * @param real how many real points there are
 */
public record PrecisionRecall(double precision, double recall, int k, long generated, long real) {
    /** The k of the paper. */
    public static final int NEIGHBOUR = 3;

    /** What rounding leaves of the square of a distance 0, of the square of the largest point. */
    private static final double ROUNDING = 1e-13;

    public PrecisionRecall {
        if (!(precision >= 0 && precision <= 1 && recall >= 0 && recall <= 1)) {
            throw new IllegalArgumentException(
                    "precision and recall must be from 0 to 1, but are " + precision + " and " + recall);
        }
    }

    /** With k = 3, as {@link #of(NDArray, NDArray, int)}. */
    public static PrecisionRecall of(NDArray generated, NDArray real) {
        return of(generated, real, NEIGHBOUR);
    }

    /**
     * Compares all points with all; memory does not grow with the product of their numbers.
     *
     * @param generated features of shape (N, D), finite, N above k
     * @param real features of shape (M, D), finite, M above k
     * @param k which neighbour a ball reaches to, at least 1
     * @throws IllegalArgumentException if a set is too small or not finite, if their D differ, or if k is below 1
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; the interrupt is used up
     */
    public static PrecisionRecall of(NDArray generated, NDArray real, int k) {
        FinitePoints.requirePair(generated, real, 1);
        Neighbours.requireNeighbours("generated", generated, k, k + 1);
        Neighbours.requireNeighbours("real", real, k, k + 1);
        try (NDManager manager = real.getManager().newSubManager()) {
            NDArray center = FinitePoints.float64(real, manager).mean(new int[] {0});
            NDArray g = Neighbours.moved(generated, center, manager);
            NDArray r = Neighbours.moved(real, center, manager);
            return new PrecisionRecall(
                    inside(g, r, k),
                    inside(r, g, k),
                    k,
                    g.getShape().get(0),
                    r.getShape().get(0));
        }
    }

    /** The share of points that are inside a set's balls. */
    private static double inside(NDArray points, NDArray set, int k) {
        long[] count = {0};
        try (NDManager manager = set.getManager().newSubManager()) {
            NDArray radii = manager.create(squaredRadii(set, k));
            Neighbours.forEachBlock(
                    points,
                    set,
                    set.getShape().get(1),
                    (first, rows, squares) -> count[0] += squares.subi(radii)
                            .min(new int[] {1})
                            .lte(0)
                            .countNonzero()
                            .getLong());
        }
        return (double) count[0] / points.getShape().get(0);
    }

    /** The k + 1 smallest distances from a point include that to itself. */
    private static double[] squaredRadii(NDArray set, int k) {
        double[] radii = new double[Math.toIntExact(set.getShape().get(0))];
        try (NDManager manager = set.getManager().newSubManager()) {
            NDArray norms = set.square().sum(new int[] {1});
            norms.attach(manager);
            double least = ROUNDING * norms.max().getDouble();
            Neighbours.forEachBlock(set, set, set.getShape().get(1), (first, rows, squares) -> {
                NDArray nearest = squares.topK(k + 1, 1, false, true).get(0).get(":, {}", k);
                double[] some = nearest.maximum(least).toDoubleArray();
                System.arraycopy(some, 0, radii, first, some.length);
            });
        }
        return radii;
    }

    /** Both numbers to three digits and what they hold for, as in {@code precision 0.912, recall 0.640 (k = 3, N = 5000 and 10000)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "precision %.3f, recall %.3f (k = %d, N = %d and %d)",
                precision,
                recall,
                k,
                generated,
                real);
    }
}
