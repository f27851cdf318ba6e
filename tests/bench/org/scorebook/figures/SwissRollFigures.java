package org.scorebook.figures;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.scorebook.aten.Torch;
import org.scorebook.metric.Chamfer;
import org.scorebook.model.NeuralField;
import org.scorebook.model.TimeNet;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.TimeGrid;
import org.scorebook.sample.Ddim;
import org.scorebook.sample.Ddpm;
import org.scorebook.sample.DpmSolver;
import org.scorebook.sample.Sampler;
import org.scorebook.sample.Sampling;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Parameterization;
import org.scorebook.toy.PointSet;
import org.scorebook.toy.SwissRoll;
import org.scorebook.train.Batches;
import org.scorebook.train.DenoisingScoreMatching;
import org.scorebook.train.LearningRate;
import org.scorebook.train.Trainer;

/**
 * Quality on the swiss roll, mean of five seeds: noise-free, deviation 2, 2,048 points, batch 128, three hidden layers of 128,
 * Adam from 2e-3 down to 0 on a cosine, no averaging of weights. Chamfer distance (sum) of 2,048 samples to 2,048 fresh points.
 * Takes minutes: {@code mvn test -Dtest=SwissRollFigures}.
 */
class SwissRollFigures {
    private static final int SEEDS = 5;
    private static final PointSet ROLL = new SwissRoll().standardized(2);
    private static final DiscreteSchedule SCHEDULE = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));

    @Test
    void after5000Iterations() {
        double[] distances = distances(5000);
        assertTrue(distances[1] < 15, "DDPM");
        assertTrue(distances[2] < 40, "DDIM");
    }

    @Test
    void after20000Iterations() {
        double[] distances = distances(20_000);
        assertTrue(distances[1] < 3, "DDPM");
        assertTrue(distances[2] < 10, "DDIM");
        assertTrue(distances[3] < 10, "DPM-Solver++");
    }

    private static double[] distances(int iterations) {
        double[] means = new double[4];
        for (int seed = 0; seed < SEEDS; seed++) {
            double[] each = distances(iterations, seed);
            print("%,6d iterations, seed %d".formatted(iterations, seed), each);
            for (int i = 0; i < means.length; i++) {
                means[i] += each[i] / SEEDS;
            }
        }
        print("%,6d iterations, mean  ".formatted(iterations), means);
        return means;
    }

    private static void print(String what, double[] d) {
        System.out.printf(
                Locale.ROOT,
                "%s: floor %.3f, DDPM %.2f, DDIM-50 %.2f, DPM-Solver++ 20 %.2f (N = 2048 and 2048)%n",
                what,
                d[0],
                d[1],
                d[2],
                d[3]);
    }

    private static double[] distances(int iterations, int seed) {
        try (NDManager manager = Torch.manager(seed);
                NeuralField net = new NeuralField(new TimeNet(2, 128, 128, 128), manager, new Shape(2));
                Trainer trainer = new Trainer(
                        net,
                        DenoisingScoreMatching.ddpm(SCHEDULE, Parameterization.NOISE),
                        Batches.from(ROLL.sample(manager, 2048, seed)),
                        128,
                        seed)) {
            trainer.learningRate(LearningRate.cosine(2e-3)).run(iterations);
            FieldDenoiser model = new FieldDenoiser(net, Parameterization.NOISE, SCHEDULE);
            NDArray truth = ROLL.sample(manager, 2048, 1000 + seed);
            NDArray start = manager.randomNormal(new Shape(2048, 2));
            return new double[] {
                Chamfer.sum(truth, ROLL.sample(manager, 2048, 2000 + seed)).value(),
                distance(model, new Ddpm(), TimeGrid.strided(1000, 1000), start, truth),
                distance(model, new Ddim(0), TimeGrid.strided(1000, 50), start, truth),
                distance(model, new DpmSolver(), TimeGrid.logSnr(SCHEDULE, 1000, 1, 20), start, truth)
            };
        }
    }

    private static double distance(FieldDenoiser model, Sampler sampler, TimeGrid grid, NDArray start, NDArray truth) {
        return Chamfer.sum(truth, new Sampling(model, sampler, grid).run(start).points())
                .value();
    }
}
