package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.score.Noise;

/**
 * A batch with noise of a time of its own on each point, {@code x = alpha(t) x_0 + sigma(t) eps}.
 *
 * @param x of the shape of the data, (B, ...)
 * @param times t, of length B
 * @param noise eps, of the shape of the data
 * @param alpha of a shape (B, 1, ...) that fits onto the data
 * @param sigma likewise
 */
record NoisyBatch(NDArray x, double[] times, NDArray noise, NDArray alpha, NDArray sigma) {
    /** Times for the points of a batch. */
    static double[] times(NDArray data, ToDoubleFunction<RandomGenerator> time, RandomGenerator random) {
        ArrayChecks.points("data", ArrayChecks.floating("data", data));
        double[] times = new double[Math.toIntExact(data.getShape().get(0))];
        Arrays.setAll(times, i -> time.applyAsDouble(random));
        return times;
    }

    /** Adds noise to data at such times. */
    static NoisyBatch of(NDArray data, double[] times, NoiseSchedule schedule, Noise source) {
        NDArray alpha = column(data, times, schedule::alpha);
        NDArray sigma = column(data, times, schedule::sigma);
        NDArray noise = ArrayChecks.sameShape("noise", source.like(data), data);
        return new NoisyBatch(data.mul(alpha).add(noise.mul(sigma)), times, noise, alpha, sigma);
    }

    /** The times as an array of shape (B). */
    NDArray t() {
        return column(t -> t).reshape(-1);
    }

    /** A number that depends on the time, for each point, of a shape that fits onto the data. */
    NDArray column(DoubleUnaryOperator value) {
        return column(x, times, value);
    }

    private static NDArray column(NDArray data, double[] times, DoubleUnaryOperator value) {
        long[] shape = new long[data.getShape().dimension()];
        Arrays.fill(shape, 1);
        shape[0] = times.length;
        double[] values = Arrays.stream(times).map(value).toArray();
        return data.getManager().create(values, new Shape(shape)).toType(data.getDataType(), false);
    }
}
