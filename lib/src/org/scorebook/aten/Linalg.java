package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Decompositions of matrices, by LAPACK on a CPU. */
public final class Linalg {
    private Linalg() {}

    private static final AtenModule MODULE = AtenModule.of("Linalg", """
            def symmetric(self, a: Tensor) -> Tensor:
              values, vectors = torch.linalg_eigh(a, "L")
              return torch.cat([torch.unsqueeze(values, 0), vectors])
            def singular(self, a: Tensor) -> Tensor:
              return torch.linalg_svdvals(a)
            """);

    /**
     * {@code a = V diag(values) V^T} with orthogonal V.
     *
     * @param values of shape (D), ascending
     * @param vectors V, of shape (D, D), with an eigenvector in each column
     */
    public record Eigen(NDArray values, NDArray vectors) {}

    /** The eigenvalues and eigenvectors of a symmetric matrix of shape (D, D), of which only the lower half is read. */
    public static Eigen symmetric(NDArray a) {
        Shape shape = ArrayChecks.form("a", a, "(D, D)");
        if (shape.get(0) != shape.get(1)) {
            throw new IllegalArgumentException("a must have shape (D, D), but has shape " + shape);
        }
        NDArray both = MODULE.call("symmetric", a);
        return new Eigen(both.get(0), both.get(new NDIndex("1:")));
    }

    /** The singular values of a matrix of shape (M, N), descending; there are min(M, N). */
    public static NDArray singularValues(NDArray a) {
        ArrayChecks.form("a", a, "(M, N)");
        return MODULE.call("singular", a);
    }
}
