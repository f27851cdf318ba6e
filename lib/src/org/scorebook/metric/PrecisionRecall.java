package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Locale;

/**
 * How many generated points look real, and how many real points could be generated. The part of space that a set covers is
 * taken for the closed balls around its points that reach to their k-th nearest neighbour in the set:
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
        FinitePoints.requirePair("generated", generated, "real", real, 1);
        Neighbours.requireNeighbours("generated", generated, k, k + 1);
        Neighbours.requireNeighbours("real", real, k, k + 1);
        try (Neighbours ofGenerated = new Neighbours(generated);
                Neighbours ofReal = new Neighbours(real)) {
            return new PrecisionRecall(
                    inside(generated, real, ofReal, k),
                    inside(real, generated, ofGenerated, k),
                    k,
                    generated.getShape().get(0),
                    real.getShape().get(0));
        }
    }

    /** The share of points that are inside a set's balls, or on their surface. */
    private static double inside(NDArray points, NDArray set, Neighbours neighbours, int k) {
        double[] squaredRadii = squaredRadii(set, neighbours, k);
        long[] count = {0};
        try (NDManager manager = set.getManager().newSubManager()) {
            NDArray radii = manager.create(squaredRadii);
            neighbours.forEachBlock(points, squaredRadii.length, (first, rows, squares, error) -> {
                NDArray excess = squares.subi(radii).min(new int[] {1}, true);
                count[0] += excess.lt(error.neg()).countNonzero().getLong();
                int[] unsure = Neighbours.where(excess.abs().lte(error));
                if (unsure.length > 0) {
                    NDArray exact = neighbours.exact(rows.get(rows.getManager().create(unsure)));
                    count[0] += exact.subi(radii)
                            .min(new int[] {1})
                            .lte(0)
                            .countNonzero()
                            .getLong();
                }
            });
        }
        return (double) count[0] / points.getShape().get(0);
    }

    /**
     * To the k-th neighbour, where the k + 1 nearest of a point include the point itself; longer by as much as sums of D squares
     * in another order can differ, so that a point at the same distance is not outside.
     */
    private static double[] squaredRadii(NDArray set, Neighbours neighbours, int k) {
        int count = Math.toIntExact(set.getShape().get(0));
        double[][] squares = new double[count][k + 1];
        neighbours.nearest(set, new int[count][k + 1], squares);
        double rounding = (set.getShape().get(1) + 2) * Math.ulp(1.0);
        return Arrays.stream(squares)
                .mapToDouble(row -> row[k] * (1 + rounding))
                .toArray();
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
