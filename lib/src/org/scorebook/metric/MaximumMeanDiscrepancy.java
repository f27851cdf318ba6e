package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.scorebook.base.Require;

/**
 * The squared maximum mean discrepancy with the kernel {@code k(x, y) = exp(-|x - y|^2 / (2 h^2))}: how far apart the two
 * distributions' mean features are. It is 0 only for equal distributions.
 *
 * <p>Source: Gretton et al., A Kernel Two-Sample Test (2012).
 */
public final class MaximumMeanDiscrepancy {
    /** Rows of each sample that the median is taken over at most. */
    private static final long MEDIAN_ROWS = 500;

    private MaximumMeanDiscrepancy() {}

    /**
     * The unbiased estimate, which is below 0 about as often as above for samples of one distribution:
     * {@code 1/(N (N-1)) sum_{i != j} k(a_i, a_j) + 1/(M (M-1)) sum_{i != j} k(b_i, b_j) - 2/(N M) sum_{i,j} k(a_i, b_j)}.
     *
     * <p>Source: Gretton et al. (2012), eq. 3.
     *
     * @param a points of shape (N, D), N at least 2, finite
     * @param b points of shape (M, D), M at least 2, finite
     * @param bandwidth h, in the unit of the points, positive
     * @return without unit, at most 2
     * @throws IllegalArgumentException if a sample is too small or not finite, if their D differ, or if h is out of range
     */
    public static Distance squared(NDArray a, NDArray b, double bandwidth) {
        FinitePoints.requirePair(a, b, 2);
        Require.positive("bandwidth", bandwidth);
        long n = a.getShape().get(0);
        long m = b.getShape().get(0);
        double between = kernelSum(a, b, bandwidth) / n / m;
        return new Distance(within(a, bandwidth) + within(b, bandwidth) - 2 * between, n, m);
    }

    /** The mean kernel of two different points; each point with itself adds exactly 1 to the sum. */
    private static double within(NDArray a, double bandwidth) {
        double n = a.getShape().get(0);
        return (kernelSum(a, a, bandwidth) - n) / (n * (n - 1));
    }

    private static double kernelSum(NDArray a, NDArray b, double bandwidth) {
        double scale = -1 / (2 * bandwidth * bandwidth);
        return SquaredDistances.total(
                a, b, block -> block.mul(scale).exp().sum().getDouble());
    }

    /**
     * A bandwidth that suits two samples: the median distance between two different points of both together. Of a sample
     * of more than 500 points, 500 evenly spaced rows count.
     *
     * <p>Source: Gretton et al. (2012), section 8.
     *
     * @param a points of shape (N, D), finite
     * @param b points of shape (M, D), finite
     * @return in the unit of the points, positive
     * @throws IllegalArgumentException as {@link #squared}, or if more than half of the pairs are of equal points
     */
    public static double medianBandwidth(NDArray a, NDArray b) {
        FinitePoints.requirePair(a, b, 1);
        try (NDManager manager = a.getManager().newSubManager()) {
            NDArray x = evenlySpaced(FinitePoints.float64(a, manager));
            NDArray both = NDArrays.concat(new NDList(x, evenlySpaced(FinitePoints.float64(b, manager))));
            double median = median(both);
            if (!(median > 0)) {
                throw new IllegalArgumentException(
                        "a and b must have points that differ, but the median of their distances is " + median);
            }
            return median;
        }
    }

    private static NDArray evenlySpaced(NDArray points) {
        long stride = (points.getShape().get(0) + MEDIAN_ROWS - 1) / MEDIAN_ROWS;
        return points.get(new NDIndex("::" + stride));
    }

    /** Of the distances of all pairs, each twice, behind those of each point to itself, which are the smallest. */
    private static double median(NDArray points) {
        int n = Math.toIntExact(points.getShape().get(0));
        DoubleBuffer squares = DoubleBuffer.allocate(n * n);
        SquaredDistances.forEachBlock(points, points, block -> squares.put(block.toDoubleArray()));
        double[] sorted = squares.array();
        Arrays.sort(sorted);
        int middle = n + n * (n - 1) / 2;
        return (Math.sqrt(sorted[middle - 1]) + Math.sqrt(sorted[middle])) / 2;
    }
}
