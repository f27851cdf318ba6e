package org.scorebook.sample;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.process.ContinuousSchedule;
import org.scorebook.score.Denoiser;
import org.scorebook.score.Divergence;

/**
 * The log-density that a model gives to points, through the probability-flow ODE {@code dx/dt = v(x, t)}: along its solution
 * from x at the first time to the end T,
 *
 * <pre>log p(x) = log p_T(x_T) + integral of div v(x_t, t) dt,   p_T = N(0, sigma(T)^2 I)</pre>
 *
 * solved together with x by Dormand and Prince's adaptive method. With the exact score the only errors are the tolerance's
 * and what is left of the data in p_T.
 *
 * <p>Source: Chen et al., Neural Ordinary Differential Equations (2018), theorem 1; Song et al. (2021), eq. 39.
 */
public final class LogLikelihood {
    private final Denoiser model;
    private final ContinuousSchedule process;
    private final Divergence divergence;
    private final double start;
    private final double tolerance;

    /**
     * @param model with a {@link ContinuousSchedule}
     * @param divergence exact in few dimensions, estimated in many
     * @param start the time of the given points, 0 or more: above 0 where the model needs noise
     * @param tolerance absolute and relative, of each step, positive; for instance 1e-5
     */
    public LogLikelihood(Denoiser model, Divergence divergence, double start, double tolerance) {
        if (!(Require.given("model", model).schedule() instanceof ContinuousSchedule continuous)) {
            throw new IllegalArgumentException("the model's schedule must be a ContinuousSchedule, but is a "
                    + model.schedule().getClass().getSimpleName());
        }
        Require.given("divergence", divergence);
        Require.positive("tolerance", tolerance);
        Require.below("start", start, continuous.endTime());
        this.model = model;
        this.process = continuous;
        this.divergence = divergence;
        this.start = start;
        this.tolerance = tolerance;
    }

    /**
     * @param x of shape (B, ...), at least one point, float32 or float64, finite
     * @return nats, one number for each point
     * @throws IllegalArgumentException if x is otherwise
     * @throws ArithmeticException if the model's score does not stay finite
     */
    public double[] of(NDArray x) {
        if (!Torch.isFinite(ArrayChecks.points("x", ArrayChecks.floating("x", x)))) {
            throw new IllegalArgumentException("x must be finite, but has an element that is infinite or NaN");
        }
        try (NDManager manager = x.getManager().newSubManager()) {
            NDArray points = x.duplicate();
            points.attach(manager);
            Divergence.Trace estimate = divergence.along(points);
            int n = (int) x.getShape().get(0);
            double[] first = Arrays.copyOf(doubles(points), (int) x.size() + n);
            double[] last = AdaptiveOde.solve(
                    (t, y) -> velocity(points, estimate, t, y), start, process.endTime(), first, tolerance);
            return logDensities(last, n, (int) x.size() / n);
        }
    }

    /** The velocity of the points and, behind it, that of their log-densities. */
    @SuppressWarnings("try") // the collector is only kept open
    private double[] velocity(NDArray like, Divergence.Trace estimate, double t, double[] y) {
        try (NDManager arrays = like.getManager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            double[] coordinates = Arrays.copyOf(y, (int) like.size());
            NDArray x = arrays.create(coordinates, like.getShape()).toType(like.getDataType(), false);
            x.setRequiresGradient(true);
            NDArray score = ArrayChecks.sameShape("the model's score", model.score(x, t), x);
            if (!Torch.isFinite(score)) {
                throw new ArithmeticException("the model's score is infinite or NaN at time " + t);
            }
            NDArray v = ProbabilityFlow.velocity(process, x, score, t);
            double[] growth = doubles(estimate.of(v, x));
            double[] all = Arrays.copyOf(doubles(v), y.length);
            System.arraycopy(growth, 0, all, coordinates.length, growth.length);
            return all;
        }
    }

    private double[] logDensities(double[] end, int n, int dimension) {
        double variance = Math.pow(process.sigma(process.endTime()), 2);
        double[] logs = Arrays.copyOfRange(end, n * dimension, end.length);
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < dimension; d++) {
                double z = end[i * dimension + d];
                logs[i] -= (z * z / variance + Math.log(2 * Math.PI * variance)) / 2;
            }
        }
        return logs;
    }

    private static double[] doubles(NDArray x) {
        return x.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
