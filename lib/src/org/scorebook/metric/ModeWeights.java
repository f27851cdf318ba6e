package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.scorebook.base.Require;

/** How a sample is shared out over the modes of a distribution: shows modes that a model forgets or prefers. */
public final class ModeWeights {
    private ModeWeights() {}

    /**
     * The share of points that are nearest to each centre. A point that is as near to several counts for one of them.
     *
     * @param points of shape (B, D), finite
     * @param centres at least one, each of D finite numbers
     * @return one share for each centre, from 0 to 1; they add up to 1
     * @throws IllegalArgumentException if there are no points or centres, if their D differ, or if one is not finite
     */
    public static double[] nearest(NDArray points, double[][] centres) {
        FinitePoints.requireRows("points", points, 1);
        requireCentres(centres, points.getShape().get(1));
        long[] counts = new long[centres.length];
        try (NDManager manager = points.getManager().newSubManager()) {
            SquaredDistances.forEachBlock(points, manager.create(centres), block -> {
                for (long mode : block.argMin(1).toLongArray()) {
                    counts[(int) mode]++;
                }
            });
        }
        double total = points.getShape().get(0);
        return Arrays.stream(counts).mapToDouble(count -> count / total).toArray();
    }

    private static void requireCentres(double[][] centres, long dimension) {
        boolean right = Arrays.stream(Require.given("centres", centres))
                .allMatch(c -> c.length == dimension && Arrays.stream(c).allMatch(Double::isFinite));
        if (centres.length == 0 || !right) {
            throw new IllegalArgumentException("centres must be at least one point of " + dimension
                    + " finite numbers, but are " + Arrays.deepToString(centres));
        }
    }
}
