package org.scorebook.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;
import org.scorebook.process.TimeGrid;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;
import org.scorebook.toy.GaussianMixture;

class EnergyLangevinTest {
    private static final EnergyFunction BOWL = x -> Autograd.times(x.square().sum(new int[] {1}), 0.5);

    @Seeded(3)
    private NDManager manager;

    private static NDArray run(EnergyFunction energy, Sampler sampler, int steps, NDArray start) {
        return new Sampling(energy, sampler, TimeGrid.counting(steps))
                .noise(Noise.seeded(1))
                .run(start)
                .points();
    }

    private NDArray normal(int n) {
        return manager.randomNormal(0, 1, new Shape(n, 2), DataType.FLOAT64);
    }

    @Test
    void withoutLimitsItIsLangevinDynamics() {
        EnergyFunction energy =
                x -> GaussianMixture.eightGaussians().logDensity(x).neg();
        NDArray start = normal(100);
        assertArrayEquals(
                run(energy, new Langevin(0.03), 40, start).toDoubleArray(),
                run(energy, EnergyLangevin.dynamics(0.03), 40, start).toDoubleArray(),
                1e-9);
    }

    /** One step from known points: the gradient of the bowl is x itself. */
    @Test
    void aStepIsItsFormula() {
        NDArray start = manager.create(new double[][] {{0.5, -0.01}, {0.98, -1}});
        EnergyLangevin plain = new EnergyLangevin(2, 0, 0.03, -1, 1);
        double[] expected = {0.5 - 2 * 0.03, -0.01 + 2 * 0.01, 0.98 - 0.06, -1 + 0.06};
        assertArrayEquals(expected, run(BOWL, plain, 1, start).toDoubleArray(), 1e-7);
        EnergyFunction hill = x -> BOWL.energy(x).neg();
        double[] limited = {0.56, -0.03, 1, -1};
        assertArrayEquals(limited, run(hill, plain, 1, start).toDoubleArray(), 1e-7);
    }

    @Test
    void noiseHasItsOwnScale() {
        NDArray start = manager.zeros(new Shape(20_000, 2), DataType.FLOAT64);
        NDArray end = run(BOWL, new EnergyLangevin(0.5, 0.2, 1, -9, 9), 1, start);
        assertEquals(0.2, Math.sqrt(end.square().mean().getDouble()), 4 * 0.2 / Math.sqrt(2 * 40_000));
    }

    /** At the temperature noise^2 / (2 h) the bowl's variance is noise^2 / (2 h - h^2). */
    @Test
    void lessNoiseIsALowerTemperature() {
        NDArray end = run(BOWL, new EnergyLangevin(0.1, 0.1, 99, -9, 9), 150, normal(10_000));
        double expected = 0.01 / (0.2 - 0.01);
        assertEquals(1, end.square().mean().getDouble() / expected, 4 * Math.sqrt(2 / 20_000.0));
    }

    @Test
    void imagesStayInTheirRange() {
        EnergyFunction steep = x -> Autograd.times(x.sum(new int[] {1}), 1e6);
        NDArray end = run(steep, EnergyLangevin.forImages(), 60, normal(50));
        assertEquals(-1, end.max().getDouble(), 0.05);
        assertTrue(end.min().getDouble() >= -1);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("stepSize must be positive and finite, but is 0.0", message(() -> EnergyLangevin.dynamics(0)));
        assertEquals(
                "gradientLimit must be positive, but is NaN",
                message(() -> new EnergyLangevin(1, 0, Double.NaN, -1, 1)));
        assertEquals(
                "low must be below high, but they are 1.0 and -1.0", message(() -> new EnergyLangevin(1, 0, 1, 1, -1)));
    }
}
