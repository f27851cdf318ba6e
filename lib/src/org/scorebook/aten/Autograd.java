package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.scorebook.base.Require;

/**
 * Derivatives that DJL's gradient collector cannot give, because it has no gradient of a gradient. Arrays are tracked, and
 * so can be differentiated, while a {@link ai.djl.training.GradientCollector} is open on this thread.
 *
 * <p>Source: Baydin et al., Automatic Differentiation in Machine Learning: a Survey, JMLR 18 (2018), section 3.2.
 */
public final class Autograd {
    private static final String GRADIENT = """
            def NAME(self, y: Tensor, x: Tensor) -> Tensor:
              ones = annotate(List[Optional[Tensor]], [torch.ones_like(y)])
              g = torch.autograd.grad([y], [x], ones, GRAPH, GRAPH, True)
              found = torch.__getitem__(g, 0)
              if torch.__is__(found, None):
                result = torch.zeros_like(x)
              else:
                result = unchecked_cast(Tensor, found)
              return result
            """;
    private static final String METHODS = gradient("gradient", "True") + gradient("numbers", "False") + """
            def tracked(self, x: Tensor) -> Tensor:
              return torch.tensor(ops.prim.requires_grad(x))
            """;

    /** @param graph whether the gradient is tracked itself, and the graph is kept */
    private static String gradient(String name, String graph) {
        return GRADIENT.replace("NAME", name).replace("GRAPH", graph);
    }

    private Autograd() {}

    private static final AtenModule MODULE = AtenModule.of("Autograd", METHODS);

    /**
     * The gradient of a tracked scalar: {@code g_i = dy / dx_i}, of the shape of x. It is tracked itself. Where y has more
     * than one element, the gradient of their sum. An x that y does not depend on gives zeros. Where y has convolutions, compute it
     * within {@link Convolution#twiceDifferentiable}.
     *
     * @param y computed from x while a gradient collector was open
     * @param x an array for which {@code setRequiresGradient(true)} was called, or one computed from such an array
     * @throws IllegalArgumentException if y or x is not tracked
     */
    public static NDArray gradient(NDArray y, NDArray x) {
        requireTracked("y", y);
        requireTracked("x", x);
        return MODULE.call("gradient", y, x);
    }

    /**
     * The gradient of a function at points: {@code g_i = d(sum of f(x)) / dx_i}, as plain numbers. It needs no collector, and
     * disturbs none that is open; no other array's gradient is touched, such as those of f's parameters.
     *
     * @param f from points of shape (B, ...) to values, for instance of shape (B), where each value depends on its point only
     * @param x the points; left as they are
     * @return of the shape of x, where x lives, not tracked
     * @throws IllegalArgumentException if x has whole numbers
     */
    public static NDArray gradientAt(UnaryOperator<NDArray> f, NDArray x) {
        Require.given("f", f);
        ArrayChecks.floating("x", x);
        try (NDManager arrays = x.getManager().newSubManager()) {
            NDArray leaf = Torch.untracked(x::duplicate).stopGradient();
            leaf.attach(arrays);
            leaf.setRequiresGradient(true);
            NDArray g = Torch.tracked(() -> {
                NDArray y = f.apply(leaf);
                return isTracked(y) ? MODULE.call("numbers", y, leaf) : leaf.zerosLike();
            });
            g.attach(x.getManager());
            return g;
        }
    }

    /**
     * The matrix of second derivatives, {@code H_ij = d2 y / dx_i dx_j}, of shape (n, n) for x with n elements.
     *
     * @param y a scalar computed from x while a gradient collector was open; the collector must still be open
     * @throws IllegalArgumentException if y is not a scalar, or y or x is not tracked
     */
    public static NDArray hessian(NDArray y, NDArray x) {
        Require.given("x", x);
        if (Require.given("y", y).size() != 1) {
            throw new IllegalArgumentException("y must be a scalar, but has shape " + y.getShape());
        }
        long n = x.size();
        NDArray gradient = gradient(y, x);
        if (!isTracked(gradient)) {
            return x.getManager().zeros(new Shape(n, n), x.getDataType());
        }
        NDList rows = new NDList();
        NDArray flat = gradient.reshape(n);
        for (long i = 0; i < n; i++) {
            rows.add(gradient(flat.get(i), x).reshape(n));
        }
        return NDArrays.stack(rows);
    }

    /**
     * {@code factor x}, safe to differentiate. On a CPU DJL's own {@code x.mul(factor)} is not: it puts the number into memory
     * that Java may free as soon as the product is there, while PyTorch's graph still points to it. If garbage is collected
     * before the gradient is taken, that gradient is wrong, or NaN. The same holds for {@code div} and {@code pow} with a
     * number; {@code add} and {@code sub} are safe. Here the number lives as long as x's manager.
     */
    public static NDArray times(NDArray x, double factor) {
        NDArray number = Require.given("x", x).getDataType() == DataType.FLOAT64
                ? x.getManager().create(factor)
                : x.getManager().create((float) factor);
        return x.mul(number);
    }

    /**
     * Whether autograd records what is computed from this array. DJL's {@code hasGradient} answers another question: it is
     * true only for arrays that a gradient is stored in, the leaves of the graph.
     */
    public static boolean isTracked(NDArray array) {
        if (array instanceof Recorded) {
            return true; // what is written down is what depends on parameters
        }
        try (NDArray answer = MODULE.call("tracked", Require.given("array", array))) {
            return answer.getBoolean();
        }
    }

    private static void requireTracked(String name, NDArray array) {
        if (!isTracked(Require.given(name, array))) {
            throw new IllegalArgumentException(
                    name + " is not part of a graph: call setRequiresGradient(true) on the array it"
                            + " is computed from, and compute it while a GradientCollector is open");
        }
    }
}
