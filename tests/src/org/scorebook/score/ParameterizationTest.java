package org.scorebook.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebook.Seeded;
import org.scorebook.process.FlowSchedule;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.process.SubVpSchedule;
import org.scorebook.process.VeSchedule;
import org.scorebook.process.VpSchedule;

class ParameterizationTest {
    private static final NoiseSchedule[] SCHEDULES = {
        new VpSchedule(), new SubVpSchedule(), new VeSchedule(0.01, 50), new FlowSchedule()
    };

    @Seeded(2)
    private NDManager manager;

    private NDArray data;
    private NDArray noise;

    @BeforeEach
    void open() {
        data = manager.randomNormal(0, 1, new Shape(5, 3), DataType.FLOAT64);
        noise = manager.randomNormal(0, 1, new Shape(5, 3), DataType.FLOAT64);
    }

    /** A network that is perfect in one parameterization gives back data, noise, score and velocity, at every schedule. */
    @ParameterizedTest
    @EnumSource
    void targetsConvertBackToEverything(Parameterization parameterization) {
        for (NoiseSchedule schedule : SCHEDULES) {
            double alpha = schedule.alpha(0.4);
            double sigma = schedule.sigma(0.4);
            NDArray x = data.mul(alpha).add(noise.mul(sigma));
            NDArray target = parameterization.target(data, noise, column(alpha), column(sigma));
            FieldDenoiser denoiser = new FieldDenoiser((points, t) -> target, parameterization, schedule);
            Prediction prediction = denoiser.predict(x, 0.4);
            String where = parameterization + " with " + schedule;
            same(data, prediction.data(), where);
            same(noise, prediction.noise(), where);
            same(noise.mul(-1 / sigma), prediction.score(), where);
            same(noise.mul(-1 / sigma), denoiser.score(x, 0.4), where);
            same(noise.mul(alpha).sub(data.mul(sigma)), prediction.velocity(), where);
        }
    }

    @Test
    void fieldsAreGivenTheSchedulesTime() {
        NDArray x = manager.zeros(new Shape(4, 2));
        VectorField field = (points, t) -> points.add(t.reshape(-1, 1));
        FieldDenoiser denoiser = new FieldDenoiser(field, Parameterization.DATA, new VpSchedule());
        assertArrayEquals(
                new float[] {0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f},
                denoiser.denoise(x, 0.25).toFloatArray());
    }

    @Test
    void clippingLimitsTheDataAndAllThatFollows() {
        NDArray x = manager.create(new double[][] {{3}});
        Prediction prediction = new Prediction(x, manager.create(new double[][] {{2}}), 0.6, 0.8).clipped(-1, 1);
        assertEquals(1, prediction.data().getDouble(0));
        assertEquals((3 - 0.6) / 0.8, prediction.noise().getDouble(0), 1e-15);
        assertEquals(-(3 - 0.6) / 0.64, prediction.score().getDouble(0), 1e-14);
    }

    @Test
    void endpointsThatHaveNoAnswerAreRefused() {
        NoiseSchedule flow = new FlowSchedule();
        FieldDenoiser noisePredictor = new FieldDenoiser((x, t) -> x, Parameterization.NOISE, flow);
        assertTrue(message(() -> noisePredictor.denoise(noise, 1)).startsWith("t must be a time with alpha above 0"));
        assertTrue(message(() -> noisePredictor.score(noise, 0)).startsWith("t must be a time with sigma above 0"));
        FieldDenoiser flowPredictor = new FieldDenoiser((x, t) -> noise.sub(data), Parameterization.FLOW, flow);
        same(data, flowPredictor.denoise(noise, 1), "at t = 1, where x is noise");
    }

    @Test
    void noiseIsStandardNormalAndSeeded() {
        NDArray like = manager.zeros(new Shape(100_000), DataType.FLOAT64);
        for (Noise source : new Noise[] {Noise.engine(), Noise.seeded(3)}) {
            NDArray z = source.like(like);
            assertEquals(DataType.FLOAT64, z.getDataType());
            assertEquals(0, z.mean().getDouble(), 4 / Math.sqrt(100_000));
            assertEquals(1, z.square().mean().getDouble(), 4 * Math.sqrt(2 / 100_000.0));
            assertEquals(3, z.pow(4).mean().getDouble(), 4 * Math.sqrt(96 / 100_000.0));
        }
        NDArray small = manager.zeros(new Shape(3, 2));
        assertArrayEquals(
                Noise.seeded(8).like(small).toFloatArray(),
                Noise.seeded(8).like(small).toFloatArray());
        Noise stream = Noise.seeded(8);
        assertTrue(stream.like(small).getFloat(0, 0) != stream.like(small).getFloat(0, 0), "the stream goes on");
    }

    private NDArray column(double value) {
        return manager.create(new double[] {value, value, value, value, value}).reshape(5, 1);
    }

    private static void same(NDArray expected, NDArray found, String where) {
        assertArrayEquals(expected.toDoubleArray(), found.toDoubleArray(), 1e-11, where);
    }
}
