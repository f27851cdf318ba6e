package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.base.Require;
import org.scorebook.process.ContinuousSchedule;
import org.scorebook.score.VectorField;

/**
 * Regression on a known score, {@code L = mean over batch and elements of (f(x, t) - grad log p_t(x))^2}: possible where the
 * density is known, and the yardstick for the losses that do without it.
 *
 * <p>Source: Hyvärinen (2005), eq. 2, up to the factor 1/2.
 */
public final class ExplicitScoreMatching {
    private ExplicitScoreMatching() {}

    /** At points of the data; the network is given the time 0. */
    public static Objective<VectorField> of(VectorField score) {
        Require.given("score", score);
        return (model, data, noise, random) -> {
            NDArray t = data.getManager().zeros(new Shape(1), data.getDataType());
            return regression(score, data, t);
        };
    }

    /**
     * At points of the data with noise, at times from 0 to the schedule's end, all alike.
     *
     * @param score at each point's own time, for instance a {@link org.scorebook.toy.DiffusedMixture}
     */
    public static Objective<VectorField> overTime(VectorField score, ContinuousSchedule schedule) {
        Require.given("score", score);
        Require.given("schedule", schedule);
        return (model, data, noise, random) -> {
            double[] times = NoisyBatch.times(data, r -> r.nextDouble(0, schedule.endTime()), random);
            NoisyBatch batch = NoisyBatch.of(data, times, schedule, noise);
            return regression(score, batch.x(), batch.t());
        };
    }

    private static LossTerm<VectorField> regression(VectorField score, NDArray x, NDArray t) {
        NDArray target = score.at(x, t);
        ArrayChecks.sameShape("score", target, x);
        return field -> ArrayChecks.sameShape("the field's values", field.at(x, t), x)
                .sub(target)
                .square()
                .mean();
    }
}
