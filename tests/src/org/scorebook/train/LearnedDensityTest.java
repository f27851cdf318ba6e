package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;
import org.scorebook.metric.PlaneDensity;
import org.scorebook.metric.Quadrature;
import org.scorebook.model.Activation;
import org.scorebook.model.EnergyMlp;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.process.TimeGrid;
import org.scorebook.sample.AnnealedImportanceSampling;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.sample.HamiltonianMonteCarlo;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;
import org.scorebook.toy.GaussianMixture;
import org.scorebook.toy.Moons;

/** Energies of the plane, learned from points, are as densities near those that the points were drawn from. */
class LearnedDensityTest {
    @Seeded(5)
    private NDManager manager;

    private NeuralEnergy network;

    @BeforeEach
    void open() {
        network = new NeuralEnergy(new EnergyMlp(Activation.SILU, 2, 64, 64, 64), manager, new Shape(2));
    }

    @Test
    void moonsByPersistentChains() {
        GaussianMixture moons = new Moons(0.15).density();
        NDArray points = moons.sample(manager, 10_000);
        try (ReplayBuffer buffer = buffer(points)) {
            train(ContrastiveDivergence.persistent(buffer, EnergyLangevin.dynamics(0.004), 10), points, 800);
        }
        assertIsLearned(moons, new Quadrature(-2.5, 3.5, 120));
    }

    /** Slower, for the chains have to bring the weights of eight modes into balance. */
    @Test
    void eightGaussiansByPersistentChains() {
        GaussianMixture eight = GaussianMixture.eightGaussians();
        NDArray points = eight.sample(manager, 10_000);
        try (ReplayBuffer buffer = buffer(points)) {
            train(ContrastiveDivergence.persistent(buffer, EnergyLangevin.dynamics(0.02), 10), points, 1500);
        }
        assertIsLearned(eight, new Quadrature(-5, 5, 120));
    }

    @Test
    void eightGaussiansByDenoising() {
        GaussianMixture eight = GaussianMixture.eightGaussians();
        train(Objective.scoreMatching(DenoisingScoreMatching.levels(0.2)), eight.sample(manager, 10_000), 800);
        assertIsLearned(eight, new Quadrature(-5, 5, 120));
    }

    private ReplayBuffer buffer(NDArray points) {
        return new ReplayBuffer(manager, new Shape(2), 2048, 0.05, Batches.from(points), new SplittableRandom(1));
    }

    /** The network in a bowl, without which it need not rise far from the data. */
    private NDArray energy(NDArray x) {
        return network.energy(x).add(Autograd.times(x.square().sum(new int[] {1}), 1 / 8.0));
    }

    private void train(Objective<EnergyFunction> objective, NDArray points, int steps) {
        EnergyFunction energy = this::energy;
        try (Trainer trainer =
                new Trainer(network, energy, objective, Batches.from(points), 512, new SplittableRandom(3))) {
            trainer.learningRate(LearningRate.cosine(0.01).warmedUp(50)).run(steps);
        }
    }

    private void assertIsLearned(GaussianMixture truth, Quadrature grid) {
        PlaneDensity learned = grid.density(this::energy, manager);
        double divergence =
                grid.density(x -> truth.logDensity(x).neg(), manager).divergenceTo(learned);
        assertTrue(divergence < 0.15, "KL(p || model) is " + divergence);
        AnnealedImportanceSampling.Estimate found = new AnnealedImportanceSampling(
                        new HamiltonianMonteCarlo(0.15, 3), 1, TimeGrid.uniform(0, 1, 200), 2)
                .estimate(this::energy, manager.zeros(new Shape(2000, 2)), Noise.seeded(1));
        assertEquals(learned.logZ(), found.logZ(), 0.1);
    }
}
