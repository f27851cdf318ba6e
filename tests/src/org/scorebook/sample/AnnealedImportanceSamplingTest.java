package org.scorebook.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;
import org.scorebook.metric.Quadrature;
import org.scorebook.process.TimeGrid;
import org.scorebook.sample.AnnealedImportanceSampling.Estimate;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;
import org.scorebook.toy.GaussianMixture;

class AnnealedImportanceSamplingTest {
    private static final HamiltonianMonteCarlo HMC = new HamiltonianMonteCarlo(0.25, 3);

    @Seeded(3)
    private NDManager manager;

    private Estimate estimate(EnergyFunction energy, int dimension, int chains, int steps, double deviation) {
        NDArray like = manager.zeros(new Shape(chains, dimension), DataType.FLOAT64);
        return new AnnealedImportanceSampling(HMC, 1, TimeGrid.uniform(0, 1, steps), deviation)
                .estimate(energy, like, Noise.seeded(5));
    }

    /** {@code exp(-|x - 1|^2 / (2 0.5^2))} in five dimensions: {@code log Z = 5/2 log(2 pi 0.25)}. */
    @Test
    void findsTheConstantOfAGaussian() {
        EnergyFunction energy = x -> Autograd.times(x.sub(1).square().sum(new int[] {1}), 2);
        Estimate found = estimate(energy, 5, 500, 100, 1.5);
        double exact = 2.5 * Math.log(2 * Math.PI * 0.25);
        assertTrue(found.standardError() > 0 && found.standardError() < 0.1, found.toString());
        assertEquals(exact, found.logZ(), 3 * found.standardError());
        assertTrue(found.effectivePoints() > 100 && found.effectivePoints() <= 500, found.toString());
        assertTrue(found.acceptance() > 0.6 && found.acceptance() < 1, found.toString());
        assertEquals(100 + 99 * (4 + 2), found.evaluations());
    }

    /** The error that it states is the spread of repeated estimates. */
    @Test
    void statesItsError() {
        EnergyFunction energy = x -> Autograd.times(x.sub(1).square().sum(new int[] {1}), 2);
        double exact = Math.log(2 * Math.PI * 0.25);
        int runs = 40;
        double squares = 0;
        for (int i = 0; i < runs; i++) {
            Estimate found = new AnnealedImportanceSampling(HMC, 1, TimeGrid.uniform(0, 1, 8), 1.5)
                    .estimate(energy, manager.zeros(new Shape(200, 2), DataType.FLOAT64), Noise.seeded(i));
            squares += Math.pow((found.logZ() - exact) / found.standardError(), 2) / runs;
        }
        assertEquals(1, squares, 3 * Math.sqrt(2.0 / runs));
    }

    @Test
    void agreesWithQuadratureOnAMixture() {
        GaussianMixture mixture = new GaussianMixture(
                new double[] {0.2, 0.5, 0.3}, new double[][] {{-2, 0}, {1.5, 1}, {0.5, -2}}, new double[] {0.5, 0.4, 0.7
                });
        EnergyFunction energy =
                x -> Autograd.times(mixture.logDensity(x).neg(), 0.8).add(3);
        double exact = new Quadrature(-10, 10, 200)
                .density(energy, manager, DataType.FLOAT64)
                .logZ();
        Estimate found = estimate(energy, 2, 1000, 100, 3);
        assertEquals(exact, found.logZ(), 0.1);
        assertEquals(exact, found.logZ(), 3 * found.standardError());
    }

    /** In one step it is plain importance sampling, and from a path through the target itself it is exact. */
    @Test
    void fromItselfItIsExact() {
        EnergyFunction energy = x -> Autograd.times(x.square().sum(new int[] {1}), 0.5);
        Estimate found = estimate(energy, 3, 10, 1, 1);
        assertEquals(1.5 * Math.log(2 * Math.PI), found.logZ(), 1e-12);
        assertEquals(0, found.standardError(), 1e-12);
        assertEquals(10, found.effectivePoints(), 1e-9);
        assertEquals(1, found.evaluations());
    }

    @Test
    void leavesNoArraysBehind() {
        EnergyFunction energy = x -> x.square().sum(new int[] {1});
        NDArray like = manager.zeros(new Shape(20, 2), DataType.FLOAT64);
        AnnealedImportanceSampling ais = new AnnealedImportanceSampling(HMC, 1, TimeGrid.uniform(0, 1, 5), 1);
        int before = manager.getManagedArrays().size();
        ais.estimate(energy, like, Noise.engine());
        assertEquals(before, manager.getManagedArrays().size());
    }

    @Test
    void badArgumentsAreNamed() {
        TimeGrid falling = TimeGrid.uniform(1, 0, 5);
        assertEquals(
                "path must go from 0 to 1, but goes from 1.0 to 0.0",
                message(() -> new AnnealedImportanceSampling(HMC, 1, falling, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new AnnealedImportanceSampling(HMC, 0, TimeGrid.uniform(0, 1, 5), 1));
        assertThrows(IllegalArgumentException.class, () -> estimate(x -> x.sum(new int[] {1}), 1, 1, 2, 1));
    }
}
