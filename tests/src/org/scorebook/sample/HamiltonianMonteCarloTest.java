package org.scorebook.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.scorebook.metric.ModeWeights;
import org.scorebook.process.TimeGrid;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;
import org.scorebook.toy.GaussianMixture;

class HamiltonianMonteCarloTest {
    private static final double[] MEAN = {1, -2};
    private static final double[][] COVARIANCE = {{1, 0.8}, {0.8, 1.5}};
    private static final GaussianMixture EIGHT = GaussianMixture.eightGaussians();

    @Seeded(3)
    private NDManager manager;

    /** Of N(MEAN, COVARIANCE), by the inverse of the covariance. */
    private EnergyFunction correlated() {
        double det = COVARIANCE[0][0] * COVARIANCE[1][1] - COVARIANCE[0][1] * COVARIANCE[0][1];
        NDArray inverse = manager.create(new double[][] {
            {COVARIANCE[1][1] / det, -COVARIANCE[0][1] / det}, {-COVARIANCE[0][1] / det, COVARIANCE[0][0] / det}
        });
        NDArray mean = manager.create(MEAN);
        return x -> Autograd.times(x.sub(mean).matMul(inverse).mul(x.sub(mean)).sum(new int[] {1}), 0.5);
    }

    private NDArray normal(int n, double deviation) {
        return manager.randomNormal(0, 1, new Shape(n, 2), DataType.FLOAT64).mul(deviation);
    }

    private static Samples run(EnergyFunction energy, Sampler sampler, int steps, NDArray start) {
        return new Sampling(energy, sampler, TimeGrid.counting(steps))
                .noise(Noise.seeded(11))
                .run(start);
    }

    /** Means, variances and the covariance of independent chains, each within three standard errors. */
    private void hasTheMoments(NDArray x) {
        long n = x.getShape().get(0);
        NDArray centred = x.sub(manager.create(MEAN));
        double[] means = centred.mean(new int[] {0}).toDoubleArray();
        double[] moments = centred.transpose().matMul(centred).div(n).toDoubleArray();
        for (int i = 0; i < 2; i++) {
            assertEquals(0, means[i], 3 * Math.sqrt(COVARIANCE[i][i] / n));
            for (int j = 0; j < 2; j++) {
                double c = COVARIANCE[i][j];
                double error = Math.sqrt((COVARIANCE[i][i] * COVARIANCE[j][j] + c * c) / n);
                assertEquals(c, moments[2 * i + j], 3 * error);
            }
        }
    }

    @Test
    void findsACorrelatedGaussian() {
        Samples samples = run(correlated(), new HamiltonianMonteCarlo(0.5, 6), 30, normal(20_000, 1));
        hasTheMoments(samples.points());
        assertTrue(samples.acceptance() > 0.8 && samples.acceptance() < 0.99, "accepted " + samples.acceptance());
        assertEquals(30 * (7 + 2), samples.evaluations());
    }

    /** With one leapfrog of a large step, where Langevin dynamics has a bias of h / 4 in its variances. */
    @Test
    void oneLeapfrogIsCorrectedLangevin() {
        Samples samples = run(correlated(), new HamiltonianMonteCarlo(0.8, 1), 120, normal(20_000, 1));
        hasTheMoments(samples.points());
        assertTrue(samples.acceptance() < 0.95);
    }

    @Test
    void smallLangevinStepsFindItToo() {
        hasTheMoments(run(correlated(), EnergyLangevin.dynamics(0.004), 1500, normal(4000, 1))
                .points());
    }

    /** Deviation 0.35 and 2.2 between neighbours: chains that start near one mode keep to it, and its inside is right. */
    @Test
    void keepsToAndFillsTheModesItStartsIn() {
        NDArray start = EIGHT.sample(manager, 8000).toType(DataType.FLOAT64, false);
        EnergyFunction energy = x -> EIGHT.logDensity(x).neg();
        Samples samples = run(energy, new HamiltonianMonteCarlo(0.15, 5), 20, start);
        double[] shares = ModeWeights.nearest(samples.points(), centres(8, 4 / Math.sqrt(2)));
        for (double share : shares) {
            assertEquals(0.125, share, 3 * Math.sqrt(0.125 * 0.875 / 8000));
        }
        double[] logs = EIGHT.logDensity(samples.points()).toDoubleArray();
        double[] exact = EIGHT.logDensity(EIGHT.sample(manager, 8000))
                .toType(DataType.FLOAT64, false)
                .toDoubleArray();
        double entropyError = Math.sqrt(2.0 / 8000); // log p in a mode is 1 - |z|^2 / 2 with variance 1
        assertEquals(average(exact), average(logs), 3 * entropyError);
    }

    /** Unequal weights 0.3 and 0.7, two deviations apart, from a start on one side. */
    @Test
    void findsTheWeightsOfModesInReach() {
        GaussianMixture two = new GaussianMixture(
                new double[] {0.3, 0.7}, new double[][] {{-1.5, 0}, {1.5, 0}}, new double[] {0.7, 0.7});
        EnergyFunction energy = x -> two.logDensity(x).neg();
        int n = 8000;
        Samples samples = run(
                energy, new HamiltonianMonteCarlo(0.4, 8), 60, normal(n, 0.1).sub(1.5));
        NDArray x = samples.points();
        double mean = 0.4 * 1.5;
        double variance = 0.49 + 1.5 * 1.5 - mean * mean;
        assertEquals(mean, x.get(":, 0").mean().getDouble(), 3 * Math.sqrt(variance / n));
        double found =
                x.get(":, 0").gt(0).toType(DataType.FLOAT64, false).mean().getDouble();
        double tail = 0.016062; // Phi(-1.5 / 0.7), of each mode on the other's side
        double share = 0.7 * (1 - tail) + 0.3 * tail;
        assertEquals(share, found, 3 * Math.sqrt(share * (1 - share) / n));
    }

    private static double[][] centres(int count, double radius) {
        double[][] centres = new double[count][];
        for (int k = 0; k < count; k++) {
            double angle = 2 * Math.PI * k / count;
            centres[k] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
        }
        return centres;
    }

    private static double average(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }

    @Test
    void leapfrogCanBeUndone() {
        EnergyFunction energy = x -> EIGHT.logDensity(x).neg();
        Leapfrog.State start = new Leapfrog.State(normal(100, 2), normal(100, 1));
        Leapfrog.State end = Leapfrog.run(x -> energy.score(x, 0), start, 0.1, 25);
        Leapfrog.State back =
                Leapfrog.run(x -> energy.score(x, 0), end.reversed(), 0.1, 25).reversed();
        assertArrayEquals(start.q().toDoubleArray(), back.q().toDoubleArray(), 1e-9);
        assertArrayEquals(start.p().toDoubleArray(), back.p().toDoubleArray(), 1e-9);
        assertTrue(end.q().sub(start.q()).abs().mean().getDouble() > 0.3);
    }

    /** Half the step, twice the steps: a quarter of the error, over a time of 1.6. */
    @Test
    void energyErrorIsOfOrderTwo() {
        EnergyFunction energy = correlated();
        NDArray q = normal(200, 1.5);
        NDArray p = normal(200, 1);
        double coarse = energyError(energy, q, p, 0.04, 40);
        double fine = energyError(energy, q, p, 0.02, 80);
        assertEquals(4, coarse / fine, 0.03);
    }

    private static double energyError(EnergyFunction energy, NDArray q, NDArray p, double h, int steps) {
        Leapfrog.State end = Leapfrog.run(x -> energy.score(x, 0), new Leapfrog.State(q, p), h, steps);
        return hamiltonian(energy, end.q(), end.p())
                .sub(hamiltonian(energy, q, p))
                .abs()
                .mean()
                .getDouble();
    }

    private static NDArray hamiltonian(EnergyFunction energy, NDArray q, NDArray p) {
        return energy.energy(q).add(p.square().sum(new int[] {1}).mul(0.5));
    }

    /** Beyond the leapfrog's limit of stability, h = 2 deviations, nearly all is refused; what stays is finite. */
    @Test
    void movesToInfinityAreRefused() {
        EnergyFunction steep = x -> Autograd.times(x.square().square().sum(new int[] {1}), 1e3);
        NDArray start = normal(200, 0.1);
        Samples samples = run(steep, new HamiltonianMonteCarlo(1, 30), 3, start);
        assertEquals(0, samples.acceptance(), 0);
        assertArrayEquals(start.toDoubleArray(), samples.points().toDoubleArray(), 0);
    }

    @Test
    void otherMethodsAcceptAll() {
        assertEquals(1, run(correlated(), new Langevin(0.01), 2, normal(5, 1)).acceptance());
    }

    /** A sum over all points would be accepted or refused for all at once. */
    @Test
    void needsAnEnergyOfEachPoint() {
        EnergyFunction sum = x -> x.square().sum();
        EnergyFunction column = x -> x.square().sum(new int[] {1}, true);
        String expected = "energy must be one number for each point, of shape (2), but has shape ";
        for (Sampler method : new Sampler[] {new HamiltonianMonteCarlo(0.1, 1), new Langevin(0.1)}) {
            assertEquals(
                    expected + "()",
                    assertThrows(IllegalArgumentException.class, () -> run(sum, method, 1, normal(2, 1)))
                            .getMessage());
            assertEquals(
                    expected + "(2, 1)",
                    assertThrows(IllegalArgumentException.class, () -> run(column, method, 1, normal(2, 1)))
                            .getMessage());
        }
    }

    @Test
    void needsAnEnergy() {
        Sampling run = new Sampling((x, t) -> x.neg(), new HamiltonianMonteCarlo(0.1, 1), TimeGrid.counting(1));
        String message = message(() -> run.run(normal(2, 1)));
        assertTrue(message.startsWith("model must be an EnergyFunction for this method, but is a "), message);
        assertThrows(IllegalArgumentException.class, () -> new HamiltonianMonteCarlo(0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new HamiltonianMonteCarlo(-1, 1));
    }
}
