package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.scorebook.aten.Linalg;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/**
 * The squared Fréchet (or Wasserstein-2) distance between the Gaussians that have two sets' means and covariances,
 * {@code |m_1 - m_2|^2 + tr(S_1 + S_2 - 2 (S_1 S_2)^(1/2))}. Of Inception features it is the Fréchet inception distance, FID.
 *
 * <p>The last trace is the sum of the singular values of {@code S_1^(1/2) S_2^(1/2)}, which are the roots of the eigenvalues of
 * {@code S_1^(1/2) S_2 S_1^(1/2)} without the digits that a square and a root lose. Eigenvalues of a covariance below rounding,
 * D 2^-52 of the largest, count as 0, so that singular covariances are no difficulty.
 *
 * <p>Source: Dowson and Landau, The Fréchet Distance between Multivariate Normal Distributions (1982); Heusel et al.,
 * GANs Trained by a Two Time-Scale Update Rule (2017), eq. 6.
 */
public final class FrechetDistance {
    /** Of the largest eigenvalue: what covariances that were kept in float32 can have below 0. */
    private static final double ROUNDING = 1e-4;

    private FrechetDistance() {}

    /**
     * Between two sets, on the CPU; for D = 2048 that takes some 5 seconds on two cores.
     *
     * @param a of at least 2 vectors
     * @param b of at least 2 vectors of the same length
     * @return in squared units of the features, 0 or more, with the sizes of the sets
     * @throws IllegalArgumentException if a set is too small, if their D differ, or if a covariance has an eigenvalue clearly
     *     below 0, as that of no vectors can
     */
    public static Distance between(FeatureStatistics a, FeatureStatistics b) {
        if (Require.given("a", a).count() < 2 || Require.given("b", b).count() < 2 || a.dimension() != b.dimension()) {
            throw new IllegalArgumentException("a and b must have at least 2 vectors of one length, but have "
                    + a.count() + " and " + b.count() + " of lengths " + a.dimension() + " and " + b.dimension());
        }
        double[] s1 = a.covariance();
        double[] s2 = b.covariance();
        double value = squaredDistance(a.mean(), b.mean()) + trace(s1) + trace(s2) - 2 * fidelity(s1, s2);
        return new Distance(Math.max(0, value), a.count(), b.count()); // rounding may take it just below 0
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static double trace(double[] matrix) {
        int n = (int) Math.round(Math.sqrt(matrix.length));
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += matrix[i * (n + 1)];
        }
        return sum;
    }

    /** {@code tr((S_1 S_2)^(1/2))}. */
    private static double fidelity(double[] s1, double[] s2) {
        try (NDManager manager = Torch.onCpu()) {
            NDArray product = root(s1, manager).transpose().matMul(root(s2, manager));
            return product.isEmpty()
                    ? 0
                    : Arrays.stream(Linalg.singularValues(product).toDoubleArray())
                            .sum();
        }
    }

    /** A matrix R of shape (D, rank) with {@code S = R R^T}: its eigenvectors times the roots of their eigenvalues. */
    private static NDArray root(double[] covariance, NDManager manager) {
        int n = (int) Math.round(Math.sqrt(covariance.length));
        Linalg.Eigen eigen = Linalg.symmetric(manager.create(covariance, new Shape(n, n)));
        double[] values = eigen.values().toDoubleArray();
        if (values[0] < -ROUNDING * Math.max(0, values[n - 1])) {
            throw new IllegalArgumentException("a covariance must have no eigenvalue below 0, but of a or b it has "
                    + values[0] + " beside a largest one of " + values[n - 1]);
        }
        double least = n * Math.ulp(1.0) * values[n - 1];
        int first = (int) Arrays.stream(values).takeWhile(v -> v <= least).count();
        NDArray roots =
                manager.create(Arrays.stream(values).skip(first).map(Math::sqrt).toArray());
        return eigen.vectors().get(new NDIndex(":, {}:", first)).mul(roots);
    }
}
