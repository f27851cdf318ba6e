package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.metric.Chamfer;
import org.scorebook.model.Activation;
import org.scorebook.model.Mlp;
import org.scorebook.model.NeuralField;
import org.scorebook.model.TimeNet;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.TimeGrid;
import org.scorebook.sample.Ddim;
import org.scorebook.sample.Ddpm;
import org.scorebook.sample.Sampling;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Parameterization;
import org.scorebook.toy.GaussianMixture;
import org.scorebook.toy.SwissRoll;

class TrainerTest {
    private static final GaussianMixture DATA =
            new GaussianMixture(new double[] {0.15, 0.85}, new double[][] {{1, 1}, {-1, -1}}, new double[] {0.3, 0.3});

    @Seeded(1)
    private NDManager manager;

    /** The swiss roll of the course: noise-free, deviation 2, three hidden layers of 128, 5,000 iterations; one seed. */
    @Test
    void ddpmAndDdimDrawASwissRoll() {
        DiscreteSchedule schedule = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));
        var roll = new SwissRoll().standardized(2);
        NDArray truth = roll.sample(manager, 2048, 2);
        try (NeuralField net = new NeuralField(new TimeNet(2, 128, 128, 128), manager, new Shape(2));
                Trainer trainer = new Trainer(
                        net,
                        DenoisingScoreMatching.ddpm(schedule, Parameterization.NOISE),
                        Batches.from(roll.sample(manager, 2048, 1)),
                        128,
                        1)) {
            trainer.learningRate(LearningRate.cosine(1e-3)).run(5000);
            FieldDenoiser model = new FieldDenoiser(net, Parameterization.NOISE, schedule);
            NDArray start = manager.randomNormal(new Shape(2048, 2));
            NDArray ddpm = new Sampling(model, new Ddpm(), TimeGrid.strided(1000, 1000))
                    .run(start)
                    .points();
            NDArray ddim = new Sampling(model, new Ddim(0), TimeGrid.strided(1000, 50))
                    .run(start)
                    .points();
            double ddpmDistance = Chamfer.sum(truth, ddpm).value();
            double ddimDistance = Chamfer.sum(truth, ddim).value();
            assertTrue(ddpmDistance < 15, "DDPM at " + ddpmDistance);
            assertTrue(ddimDistance < 40, "DDIM with 50 steps at " + ddimDistance);
            assertTrue(Chamfer.sum(truth, start).value() > 400, "pure noise is far away");
        }
    }

    @Test
    void oneSeedIsOneTraining() {
        double[] first = losses(5, 40);
        assertArrayEquals(first, losses(5, 40));
        assertFalse(Arrays.equals(first, losses(6, 40)));
    }

    private double[] losses(int seed, int steps) {
        try (NDManager own = Torch.manager(seed);
                NeuralField net = new NeuralField(Mlp.ofPoints(Activation.RELU, 2, 16), own, new Shape(2));
                Trainer trainer = trainer(net)) {
            return trainer.run(steps);
        }
    }

    @Test
    void listenersSeeEachLossAndAnInterruptStops() {
        try (NeuralField net = new NeuralField(Mlp.ofPoints(Activation.TANH, 2, 16), manager, new Shape(2));
                Trainer trainer = trainer(net)) {
            double[] seen = new double[7];
            double[] losses =
                    trainer.listen((step, loss) -> seen[(int) step - 1] = loss).run(7);
            assertArrayEquals(losses, seen);
            trainer.listen((step, loss) -> {
                if (step == 3) {
                    Thread.currentThread().interrupt();
                }
            });
            assertEquals(
                    "training was interrupted after 3 of 10 steps",
                    assertThrows(CancellationException.class, () -> trainer.run(10))
                            .getMessage());
            assertFalse(Thread.currentThread().isInterrupted());
            assertEquals(2, trainer.listen((step, loss) -> {}).run(2).length);
        }
    }

    /** A loss that is not finite stops training before it spoils the network, which trains on with good data. */
    @Test
    void aLossThatIsNotFiniteIsAnError() {
        boolean[] bad = {true};
        Batches data = (m, n, random) -> bad[0] ? m.full(new Shape(n, 2), Float.NaN) : DATA.sample(m, n);
        try (NeuralField net = new NeuralField(Mlp.ofPoints(Activation.SILU, 2, 16), manager, new Shape(2));
                Trainer trainer = new Trainer(net, DenoisingScoreMatching.levels(0.3), data, 8, 1)) {
            String message = assertThrows(ArithmeticException.class, () -> trainer.run(3))
                    .getMessage();
            assertEquals(
                    "in step 1 the loss is NaN: gradients are not finite: layers.0.weight, layers.0.bias, layers.1.weight and"
                            + " others (4 of 4); the first value that is not finite is in the input of the network; look for such"
                            + " values in the data, or take a smaller learning rate",
                    message);
            bad[0] = false;
            assertTrue(Double.isFinite(trainer.run(3)[2]));
        }
    }

    @Test
    void learningRates() {
        assertEquals(0.5, LearningRate.constant(0.5).at(3, 10));
        assertEquals(0.5, LearningRate.cosine(0.5).at(0, 10));
        assertEquals(0.25, LearningRate.cosine(0.5).at(5, 10), 1e-15);
        assertEquals(0, LearningRate.cosine(0.5).at(10, 10), 1e-15);
        LearningRate warm = LearningRate.constant(1).warmedUp(4);
        assertArrayEquals(
                new double[] {0.25, 0.5, 0.75, 1, 1},
                new double[] {warm.at(0, 9), warm.at(1, 9), warm.at(2, 9), warm.at(3, 9), warm.at(4, 9)});
    }

    @Test
    void batchesAreRowsOfTheSet() {
        NDArray points = manager.arange(10f).reshape(5, 2);
        float[] batch = Batches.from(points)
                .next(manager, 200, new java.util.SplittableRandom(1))
                .toFloatArray();
        assertEquals(400, batch.length);
        boolean[] seen = new boolean[5];
        for (int i = 0; i < 400; i += 2) {
            assertEquals(batch[i] + 1, batch[i + 1]);
            seen[(int) batch[i] / 2] = true;
        }
        assertArrayEquals(new boolean[] {true, true, true, true, true}, seen);
    }

    @Test
    void badArgumentsAreNamed() {
        try (NeuralField net = new NeuralField(Mlp.ofPoints(Activation.SILU, 2, 4), manager, new Shape(2));
                Trainer trainer = trainer(net)) {
            assertEquals("steps must be at least 1, but is 0", message(() -> trainer.run(0)));
            assertEquals(
                    "batchSize must be at least 1, but is -1",
                    message(() -> new Trainer(net, new SlicedScoreMatching(), (m, n, r) -> null, -1, 0)));
        }
        assertEquals(
                "points must have shape (B, ...) with at least one point, but has shape (0, 2)",
                message(() -> Batches.from(manager.zeros(new Shape(0, 2)))));
        assertEquals("size must be at least 1, but is -1", message(() -> Batches.from(manager.zeros(new Shape(3, 2)))
                .next(manager, -1, new java.util.SplittableRandom(1))));
        LearningRate rate = LearningRate.constant(1);
        assertEquals("steps must be 0 or more and finite, but is -5.0", message(() -> rate.warmedUp(-5)));
        assertEquals(1, rate.warmedUp(0).at(0, 9));
        assertEquals("rate must be 0 or more and finite, but is NaN", message(() -> LearningRate.cosine(Double.NaN)));
        assertEquals("rate must be 0 or more and finite, but is -1.0", message(() -> LearningRate.constant(-1)));
        assertEquals("dimension must be at least 1, but is 0", message(() -> new TimeNet(0, 8)));
        assertEquals(
                "hidden must be at least one positive number of units, but is [8, 0]",
                message(() -> Mlp.ofPoints(Activation.RELU, 2, 8, 0)));
    }

    private static Trainer trainer(NeuralField net) {
        return new Trainer(net, DenoisingScoreMatching.levels(0.3), (m, n, random) -> DATA.sample(m, n), 32, 4);
    }
}
