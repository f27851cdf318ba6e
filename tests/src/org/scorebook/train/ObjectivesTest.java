package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebook.Seeded;
import org.scorebook.model.NeuralField;
import org.scorebook.process.ConstantBetas;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.EdmSchedule;
import org.scorebook.process.FlowSchedule;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.process.VpSchedule;
import org.scorebook.score.Noise;
import org.scorebook.score.Parameterization;
import org.scorebook.score.VectorField;
import org.scorebook.toy.DiffusedMixture;
import org.scorebook.toy.GaussianMixture;

/** Each loss at data N(m, s^2 I) in the plane, where the best network and the least loss have closed forms. */
class ObjectivesTest {
    private static final double S2 = 0.49;
    private static final double[] MEAN = {1, -2};
    private static final GaussianMixture DATA =
            new GaussianMixture(new double[] {1}, new double[][] {MEAN}, new double[] {Math.sqrt(S2)});

    @Seeded(9)
    private NDManager manager;

    private NDArray batch;

    @BeforeEach
    void open() {
        batch = DATA.sample(manager, 200_000).toType(DataType.FLOAT64, false);
    }

    @Test
    void explicitScoreMatchingFindsTheScore() {
        findsTheScore(ExplicitScoreMatching.of((x, t) -> DATA.score(x)), S2);
    }

    @Test
    void implicitScoreMatchingFindsTheScore() {
        findsTheScore(new ImplicitScoreMatching(), S2);
    }

    @Test
    void slicedScoreMatchingFindsTheScore() {
        findsTheScore(new SlicedScoreMatching(), S2);
    }

    /** The score of the data with its noise. */
    @Test
    void denoisingScoreMatchingFindsTheScoreOfNoisyData() {
        findsTheScore(DenoisingScoreMatching.levels(0.5), S2 + 0.25);
    }

    /** A linear network {@code W x + b} has its best at {@code W = -I / v}, {@code b = m / v}. */
    private void findsTheScore(Objective<VectorField> objective, double variance) {
        SequentialBlock linear = new SequentialBlock()
                .add(inputs -> new NDList(inputs.get(0)))
                .add(Linear.builder().setUnits(2).build());
        try (NeuralField field = new NeuralField(linear, manager, new Shape(2));
                Trainer trainer = new Trainer(field, objective, (m, n, random) -> DATA.sample(m, n), 2000, 1)) {
            trainer.learningRate(LearningRate.cosine(0.1)).run(1200);
            double slope = -1 / variance;
            assertArrayEquals(
                    new float[] {(float) slope, 0, 0, (float) slope},
                    field.parameters().get(0).toFloatArray(),
                    0.1f);
            assertArrayEquals(
                    new float[] {(float) (-slope * MEAN[0]), (float) (-slope * MEAN[1])},
                    field.parameters().get(1).toFloatArray(),
                    0.2f);
        }
    }

    /** {@code -D / (2 s^2)}; implicit matching's terms have standard deviation 1 / s^2 here. */
    @Test
    void lossesWithoutTheScoreHaveTheirClosedFormAtTheOptimum() {
        VectorField best = (x, t) -> DATA.score(x);
        double error = 4 / S2 / Math.sqrt(200_000);
        assertEquals(-1 / S2, loss(new ImplicitScoreMatching(), best), error);
        assertEquals(-1 / S2, loss(new SlicedScoreMatching(), best), 3 * error);
        assertEquals(0, loss(ExplicitScoreMatching.of(best), best), 1e-12);
    }

    /** The exact score has no error at any time; zero has {@code E |score|^2}, 1 over the variance, averaged over times. */
    @Test
    void explicitScoreMatchingOverTime() {
        VpSchedule schedule = new VpSchedule();
        DiffusedMixture exact = DATA.diffusing(schedule);
        Objective<VectorField> objective = ExplicitScoreMatching.overTime(exact, schedule);
        assertEquals(0, loss(objective, exact), 1e-12);
        double expected = 0;
        for (int i = 0; i < 1000; i++) {
            double t = (i + 0.5) / 1000;
            expected += 1 / (S2 * Math.pow(schedule.alpha(t), 2) + Math.pow(schedule.sigma(t), 2)) / 1000;
        }
        assertEquals(1, loss(objective, (x, t) -> x.zerosLike()) / expected, 0.02);
    }

    /** For any field, half the explicit loss, summed over coordinates, less E |score|^2 / 2 is the implicit loss. */
    @Test
    void implicitIsExplicitUpToAConstant() {
        VectorField wrong = (x, t) -> x.sin().sub(x.flip(1).mul(0.3));
        double explicit = loss(ExplicitScoreMatching.of((x, t) -> DATA.score(x)), wrong);
        double constant = 1 / S2; // E |score|^2 / 2 = D / (2 s^2)
        assertEquals(explicit - constant, loss(new ImplicitScoreMatching(), wrong), 0.03);
        assertEquals(explicit - constant, loss(new SlicedScoreMatching(), wrong), 0.05);
    }

    /**
     * At one point of two pixels, {@code tr(df/dx) + |f|^2 / 2} over all its coordinates: a swap of the two has no trace, -x has
     * -2, whose estimate along e is {@code -|e|^2}.
     */
    @Test
    void lossesWithoutTheScoreTakeImages() {
        batch = manager.ones(new Shape(1, 1, 2, 1), DataType.FLOAT64);
        assertEquals(1, loss(new ImplicitScoreMatching(), (x, t) -> x.flip(2)));
        assertEquals(-1, loss(new ImplicitScoreMatching(), (x, t) -> x.neg()));
        Noise twos = x -> x.onesLike().mul(2);
        assertEquals(9, loss(new SlicedScoreMatching(), (x, t) -> x.flip(2), twos));
        assertEquals(-7, loss(new SlicedScoreMatching(), (x, t) -> x.neg(), twos));
    }

    /** The variance of the target given x, which no network can predict, at one time of a process. */
    @ParameterizedTest
    @EnumSource
    void denoisingLossesHaveTheirClosedFormAtTheOptimum(Parameterization parameterization) {
        NoiseSchedule[] schedules = {new VpSchedule(), new EdmSchedule(4), new FlowSchedule()};
        for (NoiseSchedule schedule : schedules) {
            double t = 0.3;
            double alpha = schedule.alpha(t);
            double sigma = schedule.sigma(t);
            DiffusedMixture exact = DATA.diffusing(schedule);
            VectorField best = (x, times) -> {
                var p = exact.predict(x, t);
                NDArray one = x.getManager().create(new double[] {1});
                return parameterization.target(p.data(), p.noise(), one.mul(alpha), one.mul(sigma));
            };
            // x_0 and eps given x lie on the line alpha x_0 + sigma eps = x
            double data = S2 * sigma * sigma / (alpha * alpha * S2 + sigma * sigma);
            double noise = data * alpha * alpha / (sigma * sigma);
            double expected =
                    switch (parameterization) {
                        case NOISE -> noise;
                        case DATA -> data;
                        case VELOCITY -> Math.pow(alpha * Math.sqrt(noise) + sigma * Math.sqrt(data), 2);
                        case SCORE -> noise / (sigma * sigma);
                        case FLOW -> Math.pow(Math.sqrt(noise) + Math.sqrt(data), 2);
                    };
            Objective<VectorField> objective =
                    new DenoisingScoreMatching(schedule, parameterization, random -> t, any -> 1);
            assertEquals(1, loss(objective, best) / expected, 4 * Math.sqrt(1 / 200_000.0), schedule.toString());
        }
    }

    /** Each form draws its own times and gives its own weights. */
    @Test
    void timesAndWeightsOfTheForms() {
        NDArray few = batch.get("0:20000");
        VectorField zero = (x, t) -> x.zerosLike();
        SplittableRandom random = new SplittableRandom(1);
        double[] levels = {1, 2, 4};
        DenoisingScoreMatching.levels(levels)
                .prepare(zero, few, Noise.engine(), random)
                .of((x, t) -> {
                    double[] times = t.toDoubleArray();
                    for (double level : levels) {
                        double share = java.util.Arrays.stream(times)
                                        .filter(v -> v == level)
                                        .count()
                                / 20000.0;
                        assertEquals(1 / 3.0, share, 0.015);
                    }
                    return x;
                });
        // weight sigma^2 makes the loss of a network that says 0 the mean of eps^2 at every level and time
        assertEquals(1, loss(DenoisingScoreMatching.levels(levels), zero), 0.01);
        assertEquals(1, loss(DenoisingScoreMatching.continuous(new VpSchedule(), 1e-3), zero), 0.01);
        DiscreteSchedule two = new DiscreteSchedule(new ConstantBetas(2, 0.5));
        DenoisingScoreMatching.ddpm(two, Parameterization.NOISE)
                .prepare(zero, few, Noise.engine(), random)
                .of((x, t) -> {
                    assertEquals(1.5, t.mean().getDouble(), 0.015);
                    assertEquals(1, t.min().getDouble());
                    return x;
                });
        DenoisingScoreMatching.flow().prepare(zero, few, Noise.engine(), random).of((x, t) -> {
            assertEquals(0.5, t.mean().getDouble(), 0.01);
            return x;
        });
    }

    @Test
    void imagesKeepTheirShape() {
        NDArray images = manager.zeros(new Shape(4, 3, 8, 8));
        VectorField zero = (x, t) -> x.zerosLike();
        DenoisingScoreMatching.continuous(new VpSchedule(), 1e-3)
                .prepare(zero, images, Noise.engine(), new SplittableRandom(1))
                .of((x, t) -> {
                    assertEquals(new Shape(4, 3, 8, 8), x.getShape());
                    assertEquals(new Shape(4), t.getShape());
                    return x;
                });
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "sigmas must be at least one positive number, but are [1.0, -1.0]",
                message(() -> DenoisingScoreMatching.levels(1, -1)));
        assertTrue(message(() -> DenoisingScoreMatching.levels()).startsWith("sigmas must be at least one"));
        assertEquals(
                "start must be above 0 and below 1.0, but is 0.0",
                message(() -> DenoisingScoreMatching.continuous(new VpSchedule(), 0)));
    }

    /** Broadcasting would make a loss of any shapes. */
    @Test
    void wrongArraysAreNamed() {
        Shape shape = batch.getShape();
        NDArray first = batch.get(":, 0:1");
        String narrow =
                "the field's values must have the shape of the points, " + shape + ", but has " + first.getShape();
        List<Objective<VectorField>> objectives = List.of(
                DenoisingScoreMatching.levels(0.3),
                ExplicitScoreMatching.of((x, t) -> x),
                new ImplicitScoreMatching(),
                new SlicedScoreMatching());
        for (Objective<VectorField> objective : objectives) {
            assertEquals(narrow, message(() -> loss(objective, (x, t) -> x.get(":, 0:1"))));
        }
        Objective<VectorField> denoising = DenoisingScoreMatching.levels(0.3);
        assertEquals(
                "noise must have the shape of the points, " + shape + ", but has " + first.getShape(),
                message(() -> denoising.prepare((x, t) -> x, batch, x -> first, new SplittableRandom(1))));
        NDArray whole = batch.toType(DataType.INT64, true);
        assertEquals(
                "data must be float32 or float64, but is int64: data.toType(DataType.FLOAT32, false) converts it",
                message(() -> denoising.prepare((x, t) -> x, whole, Noise.engine(), new SplittableRandom(1))));
        NDArray none = batch.get("0:0");
        for (Objective<VectorField> objective : List.of(new ImplicitScoreMatching(), new SlicedScoreMatching())) {
            assertEquals(
                    "data must be float32 or float64, but is int64: data.toType(DataType.FLOAT32, false) converts it",
                    message(() -> objective.prepare((x, t) -> x, whole, Noise.engine(), new SplittableRandom(1))));
            assertEquals(
                    "data must have shape (B, ...) with at least one point, but has shape (0, 2)",
                    message(() -> objective.prepare((x, t) -> x, none, Noise.engine(), new SplittableRandom(1))));
        }
    }

    private double loss(Objective<VectorField> objective, VectorField field) {
        return loss(objective, field, Noise.engine());
    }

    @SuppressWarnings("try") // the collector is only kept open
    private double loss(Objective<VectorField> objective, VectorField field, Noise noise) {
        LossTerm<VectorField> term = objective.prepare(field, batch, noise, new SplittableRandom(2));
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            return term.of(field).getDouble();
        }
    }
}
