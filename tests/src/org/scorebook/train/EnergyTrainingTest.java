package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;
import org.scorebook.optim.AdamW;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.sample.Sampler;
import org.scorebook.score.EnergyField;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;

/** Energies of Gaussians are trained on data of a Gaussian, where the best energy has a closed form. */
class EnergyTrainingTest {
    private static final double[] MEAN = {1, -0.5};
    private static final double[][] COVARIANCE = {{0.5, 0.3}, {0.3, 0.8}};
    private static final Sampler STAND_STILL = (x, step) -> x;

    @Seeded(5)
    private NDManager manager;

    /** By the Cholesky factor of the covariance. */
    private static NDArray data(NDManager arrays, int n, DataType type) {
        double a = Math.sqrt(COVARIANCE[0][0]);
        double b = COVARIANCE[0][1] / a;
        double c = Math.sqrt(COVARIANCE[1][1] - b * b);
        NDArray factor = arrays.create(new double[][] {{a, b}, {0, c}}).toType(type, false);
        NDArray z = arrays.randomNormal(0, 1, new Shape(n, 2), type);
        return z.matMul(factor).add(arrays.create(MEAN).toType(type, false));
    }

    private static double[] inverseCovariance(double added) {
        double a = COVARIANCE[0][0] + added;
        double b = COVARIANCE[0][1];
        double d = COVARIANCE[1][1] + added;
        double det = a * d - b * b;
        return new double[] {d / det, -b / det, -b / det, a / det};
    }

    private void train(QuadraticEnergy energy, Objective<EnergyFunction> objective, int batch, int steps, double rate) {
        AdamW optimizer = new AdamW(manager, energy.parameters(), 0, Double.POSITIVE_INFINITY);
        LearningRate rates = LearningRate.cosine(rate);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < steps; i++) {
            try (NDManager arrays = manager.newSubManager()) {
                NDArray data = data(arrays, batch, DataType.FLOAT32);
                objective.prepare(energy, data, Noise.engine(), random).backward(energy, 1);
                optimizer.step(rates.at(i, steps));
            }
        }
    }

    /** Curvature (Sigma + sigma^2 I)^-1: the score of data with noise, with its sign and its place. */
    @Test
    void denoisingScoreMatchingFindsTheEnergyOfNoisyData() {
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT32);
        train(energy, Objective.scoreMatching(DenoisingScoreMatching.levels(0.5)), 2000, 800, 0.05);
        assertArrayEquals(MEAN, energy.mean(), 0.03);
        assertArrayEquals(inverseCovariance(0.25), energy.matrix(), 0.04);
    }

    /** Without noise, by second derivatives of the points and third ones in training. */
    @Test
    void slicedScoreMatchingFindsTheEnergy() {
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT32);
        train(energy, Objective.scoreMatching(new SlicedScoreMatching()), 2000, 800, 0.05);
        assertArrayEquals(MEAN, energy.mean(), 0.03);
        assertArrayEquals(inverseCovariance(0), energy.matrix(), 0.1);
    }

    /** Langevin's own bias at this step size is below 3 %. */
    @Test
    void persistentChainsFindTheEnergy() {
        Shape point = new Shape(2);
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT32);
        ReplayBuffer buffer =
                new ReplayBuffer(manager, point, 2000, 0, ReplayBuffer.uniform(point, -1, 1), new SplittableRandom(2));
        train(energy, ContrastiveDivergence.persistent(buffer, EnergyLangevin.dynamics(0.02), 10), 1000, 800, 0.05);
        assertArrayEquals(MEAN, energy.mean(), 0.05);
        assertArrayEquals(inverseCovariance(0), energy.matrix(), 0.2);
    }

    /** CD-1 is biased in general, but for a Gaussian and small steps its fixed point is close to the data's. */
    @Test
    void chainsFromTheDataFindTheEnergy() {
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT32);
        train(energy, ContrastiveDivergence.fromData(EnergyLangevin.dynamics(0.02), 5), 1000, 800, 0.05);
        assertArrayEquals(MEAN, energy.mean(), 0.08);
        assertArrayEquals(inverseCovariance(0), energy.matrix(), 0.3);
    }

    @Test
    void theLossIsItsFormula() {
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT64);
        NDArray data = data(manager, 300, DataType.FLOAT64);
        NDArray model = manager.randomNormal(0, 1, new Shape(300, 2), DataType.FLOAT64);
        ContrastiveTerm term = ContrastiveDivergence.fromNoise((m, n, random) -> model, STAND_STILL, 1)
                .regularized(0.3)
                .prepare(energy, data, Noise.engine(), new SplittableRandom(1));
        assertTrue(Double.isNaN(term.gap()));
        double loss = term.of(energy).getDouble();
        double[] up = energy.energy(data).toDoubleArray();
        double[] down = energy.energy(model).toDoubleArray();
        double expected = 0;
        double gap = 0;
        for (int i = 0; i < 300; i++) {
            gap += (up[i] - down[i]) / 300;
            expected += (up[i] - down[i] + 0.3 * (up[i] * up[i] + down[i] * down[i])) / 300;
        }
        assertEquals(expected, loss, 1e-12);
        assertEquals(gap, term.gap(), 1e-12);
        assertEquals(energy.energy(data).mean().getDouble(), term.dataEnergy(), 1e-12);
        assertEquals(energy.energy(model).mean().getDouble(), term.modelEnergy(), 1e-12);
        assertArrayEquals(model.toDoubleArray(), term.negatives().toDoubleArray());
    }

    @Test
    void noiseOnTheDataStaysInItsRange() {
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT32);
        NDArray data = manager.ones(new Shape(5000, 2));
        NDArray noisy = ContrastiveDivergence.fromData(STAND_STILL, 1)
                .dataNoise(0.1, -1, 1)
                .prepare(energy, data, Noise.seeded(1), new SplittableRandom(1))
                .positives();
        assertEquals(1, noisy.max().getFloat(), 0);
        double expected = 1 - 0.1 / Math.sqrt(2 * Math.PI); // the mean of min(1, 1 + 0.1 z)
        assertEquals(expected, noisy.mean().getFloat(), 4 * 0.06 / Math.sqrt(10_000));
        assertEquals(1, data.mean().getFloat(), 0);
    }

    /** Chains differentiate by their points alone. */
    @Test
    void preparingLeavesTheParametersGradientsAlone() {
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT32);
        NDArray data = data(manager, 100, DataType.FLOAT32);
        Shape point = new Shape(2);
        ReplayBuffer buffer = new ReplayBuffer(
                manager, point, 200, 0.05, ReplayBuffer.uniform(point, -1, 1), new SplittableRandom(2));
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(energy.energy(data).sum());
        }
        List<float[]> before = energy.parameters().stream()
                .map(p -> p.getGradient().toFloatArray())
                .toList();
        List<float[]> values =
                energy.parameters().stream().map(NDArray::toFloatArray).toList();
        for (Objective<EnergyFunction> objective : List.of(
                ContrastiveDivergence.forImages(buffer),
                ContrastiveDivergence.fromData(EnergyLangevin.dynamics(0.1), 3),
                Objective.scoreMatching(DenoisingScoreMatching.levels(0.5)))) {
            objective.prepare(energy, data, Noise.engine(), new SplittableRandom(1));
            assertFalse(Autograd.isTracked(data));
            for (int i = 0; i < 2; i++) {
                NDArray p = energy.parameters().get(i);
                assertArrayEquals(before.get(i), p.getGradient().toFloatArray());
                assertArrayEquals(values.get(i), p.toFloatArray());
            }
        }
    }

    /** The field is the score, inside a collector and outside, and leaves its points as they are. */
    @Test
    void theFieldOfAnEnergyIsItsScore() {
        QuadraticEnergy energy = new QuadraticEnergy(manager, 2, DataType.FLOAT64);
        NDArray x = manager.randomNormal(0, 1, new Shape(4, 2), DataType.FLOAT64);
        NDArray t = manager.zeros(new Shape(1));
        double[] expected = x.neg().toDoubleArray();
        NDArray outside = new EnergyField(energy).at(x, t);
        assertArrayEquals(expected, outside.toDoubleArray(), 1e-12);
        assertFalse(Autograd.isTracked(outside));
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray inside = new EnergyField(energy).at(x, t);
            assertArrayEquals(expected, inside.toDoubleArray(), 1e-12);
            assertTrue(Autograd.isTracked(inside));
            collector.backward(inside.square().sum());
        }
        assertFalse(Autograd.isTracked(x));
        double[] slope = energy.parameters().get(1).getGradient().toDoubleArray();
        NDArray expectedSlope = x.transpose().matMul(x).mul(2); // of |A x|^2 at A = I, for symmetric A
        assertArrayEquals(expectedSlope.toDoubleArray(), slope, 1e-10);
    }
}
