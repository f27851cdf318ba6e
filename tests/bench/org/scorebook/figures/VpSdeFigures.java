package org.scorebook.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.scorebook.aten.Torch;
import org.scorebook.metric.ModeWeights;
import org.scorebook.metric.Wasserstein;
import org.scorebook.model.Activation;
import org.scorebook.model.Mlp;
import org.scorebook.model.NeuralField;
import org.scorebook.process.TimeGrid;
import org.scorebook.process.VpSchedule;
import org.scorebook.sample.FlowEuler;
import org.scorebook.sample.ForwardSde;
import org.scorebook.sample.LogLikelihood;
import org.scorebook.sample.ReverseSde;
import org.scorebook.sample.Sampler;
import org.scorebook.sample.Sampling;
import org.scorebook.score.Denoiser;
import org.scorebook.score.Divergence;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Parameterization;
import org.scorebook.toy.DiffusedMixture;
import org.scorebook.toy.GaussianMixture;
import org.scorebook.train.DenoisingScoreMatching;
import org.scorebook.train.LearningRate;
import org.scorebook.train.Trainer;

/**
 * The four simulations of the VP process with betas from 0.1 to 20 on the mixture at -3 and 3 with deviation 0.5, mean of
 * three seeds, 1,000 steps: 1-D Wasserstein distance to the truth of 100,000 points, with the exact score and with that of a
 * network 2-64-64-1 after 3,000 steps of 2,048 points, Adam from 3e-3 down to 0 on a cosine. Takes a minute:
 * {@code mvn test -Dtest=VpSdeFigures}.
 */
class VpSdeFigures {
    private static final int SEEDS = 3;
    private static final double[][] MODES = {{-3}, {3}};
    private static final VpSchedule VP = new VpSchedule();
    private static final GaussianMixture DATA =
            new GaussianMixture(new double[] {1, 1}, MODES, new double[] {0.5, 0.5});
    private static final DiffusedMixture EXACT = DATA.diffusing(VP);
    private static final TimeGrid DOWN = TimeGrid.uniform(1, 0, 1000);

    @Test
    void exactScore() {
        double[] means = new double[4];
        double[] error = new double[1];
        for (int seed = 0; seed < SEEDS; seed++) {
            try (NDManager manager = Torch.manager(seed)) {
                add(means, distances("exact, seed " + seed, EXACT, manager));
                error[0] += likelihoodError(EXACT, manager) / SEEDS;
            }
        }
        print("exact, mean", means);
        System.out.printf(Locale.ROOT, "log-likelihood, exact: mean error %.5f nat%n", error[0]);
        assertTrue(Arrays.stream(means).allMatch(d -> d < 0.08));
        assertEquals(0, error[0], 0.02);
    }

    @Test
    void learnedScore() {
        double[] means = new double[4];
        double[] error = new double[1];
        for (int seed = 0; seed < SEEDS; seed++) {
            try (NDManager manager = Torch.manager(seed);
                    NeuralField net =
                            new NeuralField(Mlp.ofPointsAndTime(Activation.SILU, 1, 64, 64), manager, new Shape(1));
                    Trainer trainer = new Trainer(
                            net,
                            DenoisingScoreMatching.continuous(VP, 1e-3),
                            (m, n, random) -> DATA.sample(m, n),
                            2048,
                            seed)) {
                trainer.learningRate(LearningRate.cosine(3e-3)).run(3000);
                Denoiser model = new FieldDenoiser(net, Parameterization.SCORE, VP);
                add(means, distances("learned, seed " + seed, model, manager));
                error[0] += likelihoodError(model, manager) / SEEDS;
            }
        }
        print("learned, mean", means);
        System.out.printf(Locale.ROOT, "log-likelihood, learned: mean error %.4f nat%n", error[0]);
        assertTrue(Arrays.stream(means).allMatch(d -> d < 0.2));
    }

    private static void add(double[] means, double[] each) {
        for (int i = 0; i < means.length; i++) {
            means[i] += each[i] / SEEDS;
        }
    }

    private static double[] distances(String what, Denoiser model, NDManager manager) {
        float[] truth = DATA.sample(manager, 100_000).toFloatArray();
        float[] noise = DATA.diffused(VP, 1).sample(manager, 100_000).toFloatArray();
        NDArray start = manager.randomNormal(new Shape(10_000, 1));
        NDArray reverseSde = run(model, new ReverseSde(), DOWN, start);
        NDArray reverseOde = run(model, new FlowEuler(), DOWN, start);
        double[] distances = {
            distance(run(model, new ForwardSde(), DOWN.reversed(), DATA.sample(manager, 100_000)), noise),
            distance(run(model, new FlowEuler(), DOWN.reversed(), DATA.sample(manager, 10_000)), noise),
            distance(reverseSde, truth),
            distance(reverseOde, truth)
        };
        print(what, distances);
        for (NDArray points : new NDArray[] {reverseSde, reverseOde}) {
            // moving the surplus of one mode to the other, 6 away, is what wrong mode weights cost
            double weight = ModeWeights.nearest(points, MODES)[0];
            System.out.printf(Locale.ROOT, "  weight at -3: %.4f, costs %.4f%n", weight, 6 * Math.abs(weight - 0.5));
        }
        return distances;
    }

    private static NDArray run(Denoiser model, Sampler sampler, TimeGrid grid, NDArray start) {
        return new Sampling(model, sampler, grid).run(start).points();
    }

    private static double distance(NDArray points, float[] truth) {
        return Wasserstein.oneDimensional(points.toFloatArray(), truth);
    }

    private static double likelihoodError(Denoiser model, NDManager manager) {
        NDArray points = DATA.sample(manager, 2000);
        double[] found = new LogLikelihood(model, Divergence.exact(), 0, 1e-5).of(points);
        return Arrays.stream(found).average().orElseThrow()
                - DATA.logDensity(points).mean().getFloat();
    }

    private static void print(String what, double[] d) {
        System.out.printf(
                Locale.ROOT,
                "%s: forward SDE %.4f, forward ODE %.4f, reverse SDE %.4f, reverse ODE %.4f%n",
                what,
                d[0],
                d[1],
                d[2],
                d[3]);
    }
}
