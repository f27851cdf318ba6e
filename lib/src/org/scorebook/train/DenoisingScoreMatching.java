package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.base.Require;
import org.scorebook.process.ContinuousSchedule;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.EdmSchedule;
import org.scorebook.process.FlowSchedule;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.score.Noise;
import org.scorebook.score.Parameterization;
import org.scorebook.score.VectorField;

/**
 * Denoising score matching in all its forms: noise is added to data at a random time, {@code x = alpha x_0 + sigma eps}, and
 * the network learns what was added:
 *
 * <pre>L = mean over batch and elements of weight(t) (f(x, t) - target)^2,   target see {@link Parameterization}</pre>
 *
 * Its minimum is the mean of the target given x, from which the score follows exactly.
 *
 * <p>Source: Vincent, A Connection Between Score Matching and Denoising Autoencoders (2011), eq. 9, and what is named at each
 * form.
 *
 * @param schedule of the noise
 * @param parameterization what the network predicts
 * @param time draws a time
 * @param weight of the loss at a time
 */
public record DenoisingScoreMatching(
        NoiseSchedule schedule,
        Parameterization parameterization,
        ToDoubleFunction<RandomGenerator> time,
        DoubleUnaryOperator weight)
        implements Objective<VectorField> {
    public DenoisingScoreMatching {
        Require.given("schedule", schedule);
        Require.given("parameterization", parameterization);
        Require.given("time", time);
        Require.given("weight", weight);
    }

    /**
     * DDPM's simple loss: a whole time from 1 to T, all alike, without weights.
     *
     * <p>Source: Ho, Jain, Abbeel (2020), eq. 14, for NOISE; Salimans and Ho (2022) for DATA and VELOCITY.
     */
    public static DenoisingScoreMatching ddpm(DiscreteSchedule schedule, Parameterization parameterization) {
        return new DenoisingScoreMatching(
                schedule, parameterization, random -> 1 + random.nextInt(schedule.steps()), t -> 1);
    }

    /**
     * The score at one or several noise levels, each as often as the others and weighted by sigma^2; times are the levels,
     * alpha is 1. With one level it is Vincent's loss times sigma^2.
     *
     * <p>Source: Song and Ermon (2019), eqs. 5 and 6, up to the factor 1/2.
     *
     * @param sigmas the levels, positive
     */
    public static DenoisingScoreMatching levels(double... sigmas) {
        double[] levels = Require.given("sigmas", sigmas).clone();
        if (levels.length == 0 || !Arrays.stream(levels).allMatch(s -> s > 0 && Double.isFinite(s))) {
            throw new IllegalArgumentException(
                    "sigmas must be at least one positive number, but are " + Arrays.toString(levels));
        }
        NoiseSchedule schedule = new EdmSchedule(Arrays.stream(levels).max().getAsDouble());
        return new DenoisingScoreMatching(
                schedule, Parameterization.SCORE, random -> levels[random.nextInt(levels.length)], t -> t * t);
    }

    /**
     * The score in continuous time, weighted by sigma^2, at times from start to the end, all alike.
     *
     * <p>Source: Song et al. (2021), eq. 7, up to the factor 1/2.
     *
     * @param start above 0, for the score of clean data may not exist
     */
    public static DenoisingScoreMatching continuous(ContinuousSchedule schedule, double start) {
        double end = Require.given("schedule", schedule).endTime();
        if (!(start > 0 && start < end)) {
            throw new IllegalArgumentException("start must be above 0 and below " + end + ", but is " + start);
        }
        return new DenoisingScoreMatching(
                schedule,
                Parameterization.SCORE,
                random -> random.nextDouble(start, end),
                t -> schedule.sigma(t) * schedule.sigma(t));
    }

    /**
     * Conditional flow matching on the straight path: the velocity {@code eps - x_0} at times from 0 to 1.
     *
     * <p>Source: Lipman et al., Flow Matching for Generative Modeling (2023), eq. 14 with time the other way round.
     */
    public static DenoisingScoreMatching flow() {
        return new DenoisingScoreMatching(
                new FlowSchedule(), Parameterization.FLOW, RandomGenerator::nextDouble, t -> 1);
    }

    @Override
    public LossTerm<VectorField> prepare(VectorField model, NDArray data, Noise noise, RandomGenerator random) {
        return begin(model, data, noise, random).term(array -> array);
    }

    @Override
    public Begun<VectorField> begin(VectorField model, NDArray data, Noise noise, RandomGenerator random) {
        Require.given("noise", noise);
        Require.given("random", random);
        double[] times = NoisyBatch.times(data, time, random);
        return known -> term(known.apply(data), times, noise);
    }

    private LossTerm<VectorField> term(NDArray data, double[] times, Noise noise) {
        NoisyBatch batch = NoisyBatch.of(data, times, schedule, noise);
        NDArray target = parameterization.target(data, batch.noise(), batch.alpha(), batch.sigma());
        NDArray weights = batch.column(weight);
        return field -> ArrayChecks.sameShape("the field's values", field.at(batch.x(), batch.t()), batch.x())
                .sub(target)
                .square()
                .mul(weights)
                .mean();
    }
}
