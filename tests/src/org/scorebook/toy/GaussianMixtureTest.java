package org.scorebook.toy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.process.ConstantBetas;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.FlowSchedule;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.process.VpSchedule;

class GaussianMixtureTest {
    private static final GaussianMixture PLANE = new GaussianMixture(
            new double[] {0.15, 0.85}, new double[][] {{1, 1}, {-1, -1}}, new double[] {Math.sqrt(0.1), 0.5});
    private static final double[][] POINTS = {{0.3, -0.2}, {1.1, 0.9}, {-2, 1}, {-0.9, -1.3}};

    @Seeded(5)
    private NDManager manager;

    @Test
    void densityIsItsFormula() {
        double[] densities = PLANE.density(manager.create(POINTS)).toDoubleArray();
        for (int i = 0; i < POINTS.length; i++) {
            double expected = 0.15 * gaussian(POINTS[i], 1, 0.1) + 0.85 * gaussian(POINTS[i], -1, 0.25);
            assertEquals(1, densities[i] / expected, 1e-12);
        }
    }

    @Test
    void scoreIsTheGradientOfTheLogDensity() {
        GaussianMixture diffused = PLANE.diffused(new VpSchedule(), 0.3);
        for (GaussianMixture mixture : new GaussianMixture[] {PLANE, diffused}) {
            double[] score = mixture.score(manager.create(POINTS)).toDoubleArray();
            for (int i = 0; i < POINTS.length; i++) {
                for (int d = 0; d < 2; d++) {
                    assertEquals(
                            slope(mixture, POINTS[i], d), score[2 * i + d], 1e-6, "point " + i + ", coordinate " + d);
                }
            }
        }
    }

    @Test
    void logDensityAndScoreStayFiniteFarAway() {
        NDArray far = manager.create(new double[][] {{1e4, 1e4}});
        assertEquals(-Math.pow(9999, 2) * 2 / 0.2, PLANE.logDensity(far).getDouble(0), 1e9 * 1.5);
        double[] score = PLANE.score(far).toDoubleArray();
        assertTrue(Double.isFinite(score[0]) && score[0] < 0, "score " + score[0]);
    }

    /** The mean of x_0 given x_t, by numerical integration over x_0. */
    @Test
    void denoiserIsThePosteriorMean() {
        GaussianMixture line =
                new GaussianMixture(new double[] {1, 2}, new double[][] {{-4}, {4}}, new double[] {1, 0.5});
        NoiseSchedule schedule = new DiscreteSchedule(new ConstantBetas(250, 0.02));
        double alpha = schedule.alpha(80);
        double sigma = schedule.sigma(80);
        for (double xt : new double[] {-2, 0.1, 1.5}) {
            double mass = 0;
            double moment = 0;
            for (double x0 = -12; x0 <= 12; x0 += 0.002) {
                double prior =
                        Math.exp(-Math.pow(x0 + 4, 2) / 2) / 3 + 2.0 / 3 * Math.exp(-Math.pow(x0 - 4, 2) / 0.5) / 0.5;
                double p = prior * Math.exp(-Math.pow((xt - alpha * x0) / sigma, 2) / 2);
                mass += p;
                moment += p * x0;
            }
            NDArray x = manager.create(new double[][] {{xt}});
            assertEquals(moment / mass, line.diffusing(schedule).denoise(x, 80).getDouble(0), 1e-9);
        }
    }

    /** Tweedie's formula joins denoiser and score, at one time for all and at a time of each point's own. */
    @Test
    void denoiserAndScoreAreJoinedByTweediesFormula() {
        NoiseSchedule schedule = new VpSchedule();
        DiffusedMixture diffused = PLANE.diffusing(schedule);
        NDArray x = manager.create(POINTS);
        for (double t : new double[] {0.01, 0.3, 0.9}) {
            double[] exact = diffused.score(x, t).toDoubleArray();
            double[] byTweedie = diffused.predict(x, t).score().toDoubleArray();
            double[] each =
                    diffused.at(x, manager.create(new double[] {t, t, t, t})).toDoubleArray();
            double[] other = PLANE.diffused(schedule, t).score(x).toDoubleArray();
            assertArrayEquals(exact, byTweedie, 1e-9);
            assertArrayEquals(exact, each, 1e-12);
            assertArrayEquals(exact, other, 1e-12);
            assertArrayEquals(
                    PLANE.diffused(schedule, t).logDensity(x).toDoubleArray(),
                    diffused.logDensity(x, t).toDoubleArray(),
                    1e-12);
        }
        assertArrayEquals(x.toDoubleArray(), diffused.denoise(x, 0).toDoubleArray(), 1e-15);
        NDArray pureNoise = PLANE.diffusing(new FlowSchedule()).denoise(x, 1);
        assertEquals(0.15 - 0.85, pureNoise.getDouble(2, 0), 1e-15);
    }

    /** Within four standard errors of 100,000 points. */
    @Test
    void samplesHaveTheMixturesMoments() {
        NDArray points = PLANE.sample(manager, 100_000);
        assertEquals(DataType.FLOAT32, points.getDataType());
        double mean = 0.15 - 0.85;
        double variance = 0.15 * (0.1 + 1) + 0.85 * (0.25 + 1) - mean * mean;
        NDArray first = points.get(":, 0");
        double found = first.mean().getFloat();
        assertEquals(mean, found, 4 * Math.sqrt(variance / 100_000));
        assertEquals(variance, first.sub((float) found).square().mean().getFloat(), 0.02);
        float upper =
                points.get(":, 0").gt(0).toType(DataType.FLOAT32, false).mean().getFloat();
        double share = 0.15 * (1 - 0.0008) + 0.85 * 0.02275; // of each component, above 0
        assertEquals(share, upper, 4 * Math.sqrt(share * (1 - share) / 100_000));
    }

    @Test
    void diffusedSamplesAreSamplesOfTheDiffused() {
        NoiseSchedule schedule = new VpSchedule();
        NDArray x0 = PLANE.sample(manager, 100_000);
        NDArray xt = x0.mul(schedule.alpha(0.2))
                .add(manager.randomNormal(x0.getShape()).mul(schedule.sigma(0.2)));
        NDArray expected = PLANE.diffused(schedule, 0.2).sample(manager, 100_000);
        assertArrayEquals(
                expected.mean(new int[] {0}).toFloatArray(),
                xt.mean(new int[] {0}).toFloatArray(),
                0.02f);
        assertEquals(
                PLANE.diffused(schedule, 0.2).logDensity(expected).mean().getFloat(),
                PLANE.diffused(schedule, 0.2).logDensity(xt).mean().getFloat(),
                0.02);
    }

    @Test
    void badArgumentsAreNamed() {
        double[] one = {1};
        double[][] origin = {{0}};
        assertTrue(message(() -> new GaussianMixture(new double[] {1, 1}, origin, one))
                .startsWith("means must have one entry"));
        assertEquals(
                "deviations must be positive and finite, but are [0.0]",
                message(() -> new GaussianMixture(one, origin, new double[] {0})));
        assertEquals(
                "weights must be positive and finite, but are [NaN]",
                message(() -> new GaussianMixture(new double[] {Double.NaN}, origin, one)));
        assertEquals(
                "means must be finite and of one dimension, but are [[0.0], [1.0, 2.0]]",
                message(() ->
                        new GaussianMixture(new double[] {1, 1}, new double[][] {{0}, {1, 2}}, new double[] {1, 1})));
        assertEquals(
                "x must have shape (B, 2), but has (3)",
                message(() -> PLANE.score(manager.create(new double[] {1, 2, 3}))));
        assertEquals("n must be at least 1, but is 0", message(() -> PLANE.sample(manager, 0)));
    }

    private double slope(GaussianMixture mixture, double[] point, int coordinate) {
        double h = 1e-5;
        double[] up = point.clone();
        double[] down = point.clone();
        up[coordinate] += h;
        down[coordinate] -= h;
        double[] logs =
                mixture.logDensity(manager.create(new double[][] {up, down})).toDoubleArray();
        return (logs[0] - logs[1]) / (2 * h);
    }

    private static double gaussian(double[] x, double mean, double variance) {
        double square = Math.pow(x[0] - mean, 2) + Math.pow(x[1] - mean, 2);
        return Math.exp(-square / (2 * variance)) / (2 * Math.PI * variance);
    }
}
