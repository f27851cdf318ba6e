package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.scorebook.base.Require;

/**
 * The probability-flow ODE by Dormand and Prince's adaptive method of order 5(4), see {@link FlowEuler}. It chooses its own
 * steps between two times of the grid, so a grid of one step is enough; the number of evaluations shows how many it took.
 * It works in double precision; the model sees points of the type of the start.
 *
 * <p>Source: Song et al. (2021), appendix D.1 and D.4, with a tolerance of 1e-5.
 *
 * @param tolerance absolute and relative, of each step, positive
 */
public record FlowRungeKutta(double tolerance) implements Sampler {
    public FlowRungeKutta {
        Require.positive("tolerance", tolerance);
    }

    @Override
    public NDArray step(NDArray x, Step step) {
        double[] end =
                AdaptiveOde.solve((t, y) -> velocity(step, x, t, y), step.time(), step.next(), doubles(x), tolerance);
        return array(x, end);
    }

    private static double[] velocity(Step step, NDArray like, double t, double[] y) {
        try (var arrays = like.getManager().newSubManager()) {
            NDArray x = array(like, y);
            x.attach(arrays);
            return doubles(ProbabilityFlow.velocity(step, x, t));
        }
    }

    private static double[] doubles(NDArray x) {
        try (NDArray wide = x.toType(DataType.FLOAT64, true)) {
            return wide.toDoubleArray();
        }
    }

    private static NDArray array(NDArray like, double[] values) {
        return like.getManager().create(values, like.getShape()).toType(like.getDataType(), false);
    }
}
