package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import org.scorebook.base.Require;

/**
 * Operations of ATen, PyTorch's tensor library, that DJL does not offer; autograd records them. Arrays of images have shape
 * (B, C, H, W). An array of whole numbers, of another shape or empty is refused with an {@link IllegalArgumentException}; some
 * of these would end the JVM.
 */
public final class Functional {
    private Functional() {}

    private static final AtenModule MODULE = AtenModule.of("Functional", """
            def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.linear(x, weight, bias)
            def silu(self, x: Tensor) -> Tensor:
              return torch.silu(x)
            def softplus(self, x: Tensor) -> Tensor:
              return torch.softplus(x, 1, 20)
            def logsumexp(self, x: Tensor) -> Tensor:
              return torch.logsumexp(x, [1], False)
            def upsample(self, x: Tensor) -> Tensor:
              return torch.upsample_nearest2d(x, None, [2.0, 2.0])
            def attention(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
              return torch.scaled_dot_product_attention(q, k, v, None, 0.0, False)
            def cross_entropy(self, logits: Tensor, labels: Tensor) -> Tensor:
              return torch.cross_entropy_loss(logits, labels, None, 1, -100, 0.0)
            def embedding(self, weight: Tensor, labels: Tensor) -> Tensor:
              known = torch.clamp(labels, 0, torch.sub(torch.size(weight, 0), 1))
              excess = torch.unsqueeze(torch.to(torch.sub(labels, known), 6, False, False, None), 1)
              isKnown = torch.to(torch.eq(excess, 0), 6, False, False, None)
              rows = torch.index(weight, annotate(List[Optional[Tensor]], [known]))
              return torch.add(rows, torch.div(excess, isKnown))
            def resize(self, x: Tensor, like: Tensor) -> Tensor:
              return torch.upsample_bilinear2d(x, [torch.size(like, 0), torch.size(like, 1)], False, None, None)
            """);

    /**
     * {@code y = weight x + bias}, of each point.
     *
     * @param x of shape (B, ..., D)
     * @param weight of shape (E, D)
     * @param bias of shape (E)
     * @return of shape (B, ..., E)
     */
    public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        Shape points = ArrayChecks.form("x", x, "(B, ...)");
        Shape shape = ArrayChecks.form("weight", weight, "(E, D)");
        ArrayChecks.sameType("weight", weight, "x", x);
        if (points.getLastDimension() != shape.get(1)) {
            throw new IllegalArgumentException("x must have shape (B, ..., D) with D = " + shape.get(1)
                    + " for a weight of shape " + shape + ", but has shape " + points);
        }
        ArrayChecks.fitting("bias", bias, new Shape(shape.get(0)), "weight", weight);
        return MixedPrecision.concerns(x)
                ? MODULE.product("linear", x, weight, bias)
                : Linear.linear(x, weight, bias).singletonOrThrow(); // sooner done
    }

    /** {@code x / (1 + exp(-x))}, element by element, in one call and safe to differentiate. */
    public static NDArray silu(NDArray x) {
        return MODULE.call("silu", ArrayChecks.floating("x", x));
    }

    /** {@code log(1 + exp(x))}, element by element; x itself where it is above 20. */
    public static NDArray softplus(NDArray x) {
        return MODULE.call("softplus", ArrayChecks.floating("x", x));
    }

    /** {@code log sum_k exp(x_k)} of each row, without overflow: (B, K) to (B). */
    public static NDArray logSumExp(NDArray x) {
        ArrayChecks.form("x", x, "(B, K)");
        return MODULE.call("logsumexp", x);
    }

    /** Each pixel four times: (B, C, H, W) to (B, C, 2 H, 2 W). */
    public static NDArray upsample(NDArray x) {
        ArrayChecks.form("x", x, "(B, C, H, W)");
        return MODULE.call("upsample", x);
    }

    /**
     * The mean over a batch of {@code -log softmax(logits)[label]}.
     *
     * @param logits of shape (B, K)
     * @param labels of shape (B), int64, from 0 to K - 1
     * @return a scalar, in nats
     * @throws IllegalArgumentException if a label is no class
     */
    public static NDArray crossEntropy(NDArray logits, NDArray labels) {
        Shape shape = ArrayChecks.form("logits", ArrayChecks.points("logits", logits), "(B, K)");
        if (!Require.given("labels", labels).getShape().equals(new Shape(shape.get(0)))
                || labels.getDataType() != DataType.INT64) {
            throw new IllegalArgumentException("labels must be int64 of shape (" + shape.get(0)
                    + "), one for each row of logits of shape " + shape + ", but are " + labels.getDataType()
                    + " of shape " + labels.getShape());
        }
        requireClasses(labels, shape.get(1));
        return MODULE.call("cross_entropy", logits, labels);
    }

    /** On a GPU, PyTorch does not survive a label that is no class. */
    private static void requireClasses(NDArray labels, long classes) {
        try (NDArray least = labels.min();
                NDArray largest = labels.max()) {
            if (least.getLong() < 0 || largest.getLong() >= classes) {
                throw new IllegalArgumentException("labels must be from 0 to " + (classes - 1) + ", but are from "
                        + least.getLong() + " to " + largest.getLong());
            }
        }
    }

    /**
     * Rows of a table: {@code y[b] = weight[labels[b]]}. A label that is none of its rows gives values that are not finite, and
     * nobody has to wait for a device to be told.
     *
     * @param weight of shape (K, E)
     * @param labels whole numbers of shape (B)
     * @return of shape (B, E)
     */
    public static NDArray embedding(NDArray weight, NDArray labels) {
        ArrayChecks.form("weight", weight, "(K, E)");
        if (Require.given("labels", labels).getDataType() != DataType.INT64
                || labels.getShape().dimension() != 1) {
            throw new IllegalArgumentException("labels must be int64 of shape (B), but are " + labels.getDataType()
                    + " of shape " + labels.getShape());
        }
        return MODULE.call("embedding", weight, labels);
    }

    /**
     * Images at another size, by bilinear interpolation between the centres of pixels ({@code align_corners=False}) and
     * without a filter: (B, C, H, W) to (B, C, height, width).
     */
    public static NDArray resize(NDArray x, int height, int width) {
        Require.atLeast("height", height, 1);
        Require.atLeast("width", width, 1);
        ArrayChecks.form("x", x, "(B, C, H, W)");
        try (NDArray like = x.getManager().zeros(new Shape(height, width))) {
            return MODULE.call("resize", x, like);
        }
    }

    /**
     * {@code softmax(q k^T / sqrt(D)) v}.
     *
     * <p>Source: Vaswani et al., Attention Is All You Need (2017), eq. 1.
     *
     * @param q of shape (B, heads, N, D), as k and v are
     */
    public static NDArray scaledDotProductAttention(NDArray q, NDArray k, NDArray v) {
        Shape shape = ArrayChecks.form("q", q, "(B, heads, N, D)");
        ArrayChecks.fitting("k", k, shape, "q", q);
        ArrayChecks.fitting("v", v, shape, "q", q);
        return MODULE.product("attention", q, k, v);
    }

    /**
     * Normalizes each group of channels of each image to mean 0 and variance 1, then {@code weight x + bias} by channel; 1e-5
     * is added to the variance.
     *
     * <p>Source: Wu and He, Group Normalization (2018), eqs. 1 and 2.
     *
     * @param x of shape (B, C, ...)
     * @param groups divides C
     * @param weight of shape (C), as bias is
     */
    public static NDArray groupNorm(NDArray x, int groups, NDArray weight, NDArray bias) {
        Shape shape = ArrayChecks.form("x", x, "(B, C, ...)");
        if (groups < 1 || shape.get(1) % groups != 0) {
            throw new IllegalArgumentException("groups must divide the number of channels, C in (B, C, ...), but is "
                    + groups + " for x of shape " + shape);
        }
        ArrayChecks.fitting("weight", weight, new Shape(shape.get(1)), "x", x);
        ArrayChecks.fitting("bias", bias, new Shape(shape.get(1)), "x", x);
        return AtenModule.of("GroupNorm" + groups, """
                def forward(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
                  return torch.group_norm(x, GROUPS, weight, bias, 1e-05, True)
                """.replace("GROUPS", Integer.toString(groups)))
                .call("forward", x, weight, bias);
    }
}
