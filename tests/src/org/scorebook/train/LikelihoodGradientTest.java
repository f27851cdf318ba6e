package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;
import org.scorebook.metric.PlaneDensity;
import org.scorebook.metric.Quadrature;
import org.scorebook.sample.HamiltonianMonteCarlo;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;

/**
 * The gradient of the negative log-likelihood is {@code E_data[dE] - E_model[dE]}: for the exponential family with the energy
 * {@code theta . f(x, y)}, {@code f = (x^2 / 2, y^2 / 2, x^4 / 4, x y)}, where all three are known.
 */
class LikelihoodGradientTest {
    private static final double[] THETA = {0.5, 1.2, 0.3, -0.4};
    private static final Quadrature GRID = new Quadrature(-6, 6, 120);

    @Seeded(2)
    private NDManager manager;

    private static NDArray features(NDArray points) {
        NDArray x = points.get(":, 0");
        NDArray y = points.get(":, 1");
        NDArray squares = x.square();
        return NDArrays.stack(
                new NDList(
                        Autograd.times(squares, 0.5),
                        Autograd.times(y.square(), 0.5),
                        Autograd.times(squares.square(), 0.25),
                        x.mul(y)),
                1);
    }

    private static EnergyFunction energy(NDArray theta) {
        return x -> features(x).mul(theta).sum(new int[] {1});
    }

    private PlaneDensity density(double... theta) {
        return GRID.density(energy(manager.create(theta)), manager, DataType.FLOAT64);
    }

    /** {@code E_model[f]} by quadrature. */
    private double[] modelFeatures() {
        PlaneDensity p = density(THETA);
        double[] mean = new double[4];
        for (int i = 0; i <= 120; i++) {
            for (int j = 0; j <= 120; j++) {
                double x = GRID.coordinate(i);
                double y = GRID.coordinate(j);
                double mass = Math.exp(p.logDensity(i, j)) * GRID.spacing() * GRID.spacing();
                double[] f = {x * x / 2, y * y / 2, Math.pow(x, 4) / 4, x * y};
                for (int k = 0; k < 4; k++) {
                    mean[k] += mass * f[k];
                }
            }
        }
        return mean;
    }

    /** {@code d log Z / d theta = -E_model[f]}, so that of {@code mean E + log Z} is the difference of the two sides. */
    @Test
    void theConstantsGradientIsMinusTheModelsMean() {
        double[] expected = modelFeatures();
        for (int k = 0; k < 4; k++) {
            double[] up = THETA.clone();
            double[] down = THETA.clone();
            up[k] += 1e-4;
            down[k] -= 1e-4;
            double slope = (density(up).logZ() - density(down).logZ()) / 2e-4;
            assertEquals(-expected[k], slope, 1e-6);
        }
    }

    /** With chains long enough to be the model's, contrastive divergence has that gradient: to three standard errors. */
    @Test
    void contrastiveDivergenceHasTheLikelihoodsGradient() {
        int n = 20_000;
        NDArray theta = manager.create(THETA);
        theta.setRequiresGradient(true);
        NDArray data = manager.randomNormal(0, 1, new Shape(n, 2), DataType.FLOAT64);
        Batches starts = (arrays, size, random) -> data.duplicate();
        ContrastiveTerm term = ContrastiveDivergence.fromNoise(starts, new HamiltonianMonteCarlo(0.4, 4), 40)
                .prepare(energy(theta), data, Noise.seeded(3), new SplittableRandom(1));
        term.backward(energy(theta), 1);
        double[] found = theta.getGradient().toDoubleArray();
        double[] dataMean = features(data).mean(new int[] {0}).toDoubleArray();
        double[] modelMean = modelFeatures();
        NDArray negatives = features(term.negatives());
        double[] squares = negatives.square().mean(new int[] {0}).toDoubleArray();
        for (int k = 0; k < 4; k++) {
            double error = Math.sqrt((squares[k] - modelMean[k] * modelMean[k]) / n);
            assertEquals(dataMean[k] - modelMean[k], found[k], 3 * error, "of theta " + k);
        }
    }
}
