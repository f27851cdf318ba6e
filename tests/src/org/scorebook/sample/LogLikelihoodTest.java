package org.scorebook.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.process.ContinuousSchedule;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.process.SubVpSchedule;
import org.scorebook.process.VeSchedule;
import org.scorebook.process.VpSchedule;
import org.scorebook.score.Denoiser;
import org.scorebook.score.Divergence;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Noise;
import org.scorebook.score.Parameterization;
import org.scorebook.toy.DiffusedMixture;
import org.scorebook.toy.GaussianMixture;

class LogLikelihoodTest {
    private static final GaussianMixture PLANE =
            new GaussianMixture(new double[] {0.3, 0.7}, new double[][] {{1, 1}, {-1, 0}}, new double[] {0.5, 0.4});

    @Seeded(6)
    private NDManager manager;

    private NDArray points;

    @BeforeEach
    void open() {
        points = PLANE.sample(manager, 40).toType(DataType.FLOAT64, false);
    }

    /** With the exact score, point by point; what is left of the data at the end is small for all three. */
    @Test
    void exactScoresGiveTheExactDensity() {
        double[] expected = PLANE.logDensity(points).toDoubleArray();
        ContinuousSchedule[] schedules = {new VpSchedule(), new SubVpSchedule(), new VeSchedule(1e-3, 500)};
        for (ContinuousSchedule schedule : schedules) {
            double[] found = new LogLikelihood(PLANE.diffusing(schedule), Divergence.exact(), 0, 1e-6).of(points);
            assertArrayEquals(expected, found, 0.01, schedule.toString());
        }
    }

    /** Signs are the exact diagonal where the Jacobian has no other entries: one Gaussian, whatever the signs. */
    @Test
    void hutchinsonIsExactForAGaussian() {
        GaussianMixture gaussian =
                new GaussianMixture(new double[] {1}, new double[][] {{0.5, -0.5}}, new double[] {0.6});
        double[] expected =
                new LogLikelihood(gaussian.diffusing(new VpSchedule()), Divergence.exact(), 0, 1e-6).of(points);
        double[] found = new LogLikelihood(
                        gaussian.diffusing(new VpSchedule()), Divergence.hutchinson(Noise.seeded(1)), 0, 1e-6)
                .of(points);
        assertArrayEquals(expected, found, 1e-4);
    }

    /** In the mean over many signs the estimate is the exact one, within four standard errors. */
    @Test
    void hutchinsonIsRightOnAverage() {
        NDArray copies = points.get("0:1").repeat(0, 4000);
        double exact = new LogLikelihood(PLANE.diffusing(new VpSchedule()), Divergence.exact(), 0, 1e-4)
                .of(points.get("0:1"))[0];
        double[] found = new LogLikelihood(
                        PLANE.diffusing(new VpSchedule()), Divergence.hutchinson(Noise.seeded(2)), 0, 1e-4)
                .of(copies);
        double mean = Arrays.stream(found).average().orElseThrow();
        double variance = Arrays.stream(found).map(v -> (v - mean) * (v - mean)).sum() / found.length;
        assertEquals(exact, mean, 4 * Math.sqrt(variance / found.length) + 0.002);
        assertTrue(variance > 1e-6, "the signs matter: variance " + variance);
    }

    /** The same points as pictures of two pixels have the same density. */
    @Test
    void pointsMayHaveAnyShape() {
        DiffusedMixture rows = PLANE.diffusing(new VpSchedule());
        Denoiser pictures = new Denoiser() {
            @Override
            public NoiseSchedule schedule() {
                return rows.schedule();
            }

            @Override
            public NDArray denoise(NDArray x, double t) {
                return rows.denoise(x.reshape(-1, 2), t).reshape(x.getShape());
            }
        };
        for (Divergence divergence : List.of(Divergence.exact(), Divergence.hutchinson(like -> like.onesLike()))) {
            double[] expected = new LogLikelihood(rows, divergence, 0.01, 1e-6).of(points);
            double[] found = new LogLikelihood(pictures, divergence, 0.01, 1e-6).of(points.reshape(40, 1, 2, 1));
            assertArrayEquals(expected, found, 1e-6);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        var discrete = PLANE.diffusing(new DiscreteSchedule(new LinearBetas(100, 1e-4, 0.02)));
        assertEquals(
                "the model's schedule must be a ContinuousSchedule, but is a DiscreteSchedule",
                message(() -> new LogLikelihood(discrete, Divergence.exact(), 0, 1e-5)));
        var model = PLANE.diffusing(new VpSchedule());
        assertEquals(
                "start must be from 0 to below 1.0, but is 1.0",
                message(() -> new LogLikelihood(model, Divergence.exact(), 1, 1e-5)));
        assertEquals(
                "x must have shape (B, ...) with at least one point, but has shape (0, 2)",
                message(() -> new LogLikelihood(model, Divergence.exact(), 0, 1e-5).of(points.get("0:0"))));
        LogLikelihood likelihood = new LogLikelihood(model, Divergence.exact(), 0, 1e-5);
        assertEquals(
                "x must be finite, but has an element that is infinite or NaN",
                message(() -> likelihood.of(points.mul(Double.NaN))));
        var undefined = new FieldDenoiser((x, t) -> x.mul(Double.NaN), Parameterization.SCORE, new VpSchedule());
        LogLikelihood undefinedScore = new LogLikelihood(undefined, Divergence.exact(), 0, 1e-5);
        assertEquals(
                "the model's score is infinite or NaN at time 0.0",
                assertThrows(ArithmeticException.class, () -> undefinedScore.of(points))
                        .getMessage());
        assertEquals(
                "x must be float32 or float64, but is int32: x.toType(DataType.FLOAT32, false) converts it",
                message(() -> likelihood.of(points.toType(DataType.INT32, true))));
    }
}
