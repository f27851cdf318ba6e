package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.scorebook.base.Require;

/**
 * A weight W divided by its largest singular value sigma, with W read as a matrix of shape (D, rest) for a weight of shape
 * (D, ...). Two unit vectors that are near the singular ones give sigma:
 *
 * <pre>sigma = u^T W v,   where a power iteration is   v = W^T u / |W^T u|,   u = W v / |W v|</pre>
 *
 * The vectors are constants for autograd. Where W changes little in a step of training, one iteration a step keeps up with
 * it. Otherwise sigma is too small for some steps, by a few percent or, in the first steps at a learning rate of 1e-3, a third.
 *
 * <p>Source: Miyato et al., Spectral Normalization for Generative Adversarial Networks (2018), eqs. 8 to 13 and algorithm 1.
 */
public final class SpectralNorm {
    private SpectralNorm() {}

    private static final AtenModule MODULE = AtenModule.of("SpectralNorm", """
            def normalized(self, weight: Tensor, u: Tensor, v: Tensor) -> Tensor:
              sigma = torch.dot(u, torch.mv(torch.flatten(weight, 1, -1), v))
              return torch.div(weight, sigma)
            def iterate(self, weight: Tensor, u: Tensor, v: Tensor) -> Tensor:
              matrix = torch.flatten(weight, 1, -1)
              right = torch.mv(torch.t(matrix), u)
              torch.copy_(v, torch.div(right, torch.clamp_min(torch.linalg_vector_norm(right, 2), 1e-12)))
              left = torch.mv(matrix, v)
              return torch.copy_(u, torch.div(left, torch.clamp_min(torch.linalg_vector_norm(left, 2), 1e-12)))
            """);

    /**
     * {@code W / (u^T W v)}, differentiable by W.
     *
     * @param weight W, of shape (D, ...), not all zero
     * @param u of shape (D), of length 1
     * @param v of shape (rest), of length 1
     * @return of W's shape; belongs to W's manager
     */
    public static NDArray normalized(NDArray weight, NDArray u, NDArray v) {
        check(weight, u, v);
        return MODULE.call("normalized", weight, u, v);
    }

    /**
     * Power iterations, which change the numbers in u and v. Not between a loss and its gradient, for which the vectors must be
     * what they were; PyTorch refuses that.
     *
     * @param times how many, 0 or more
     */
    public static void iterate(NDArray weight, NDArray u, NDArray v, int times) {
        check(weight, u, v);
        Require.atLeast("times", times, 0);
        for (int i = 0; i < times; i++) {
            Torch.untracked(() -> MODULE.call("iterate", weight, u, v)).close();
        }
    }

    private static void check(NDArray weight, NDArray u, NDArray v) {
        Shape shape = ArrayChecks.form("weight", weight, "(D, rest, ...)");
        ArrayChecks.fitting("u", u, new Shape(shape.get(0)), "weight", weight);
        ArrayChecks.fitting("v", v, new Shape(shape.size() / shape.get(0)), "weight", weight);
    }
}
