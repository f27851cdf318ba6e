package org.scorebook.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.EdmSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.TimeGrid;
import org.scorebook.process.VpSchedule;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Noise;
import org.scorebook.score.Parameterization;
import org.scorebook.score.ScoreFunction;
import org.scorebook.toy.DiffusedMixture;
import org.scorebook.toy.GaussianMixture;

/** The loop itself: what it counts, tells, clips, refuses and frees. */
class SamplingTest {
    private static final GaussianMixture DATA =
            new GaussianMixture(new double[] {1, 2}, new double[][] {{-3}, {3}}, new double[] {0.5, 0.5});
    private static final DiffusedMixture DISCRETE =
            DATA.diffusing(new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02)));
    private static final DiffusedMixture CONTINUOUS = DATA.diffusing(new VpSchedule());

    @Seeded(3)
    private NDManager manager;

    private NDArray start;

    @BeforeEach
    void open() {
        start = manager.randomNormal(new Shape(16, 1));
    }

    @Test
    void evaluationsAreCounted() {
        TimeGrid whole = TimeGrid.strided(1000, 20);
        assertEquals(20, evaluations(DISCRETE, new Ddpm(), whole));
        assertEquals(20, evaluations(DISCRETE, new Ddim(0.3), whole));
        assertEquals(20, evaluations(DISCRETE, new DpmSolver(), whole));
        assertEquals(39, evaluations(DISCRETE, new Heun(), whole));
        TimeGrid falling = TimeGrid.uniform(1, 0, 10);
        assertEquals(0, evaluations(CONTINUOUS, new ForwardSde(), falling.reversed()));
        assertEquals(10, evaluations(CONTINUOUS, new ReverseSde(), falling));
        assertEquals(10, evaluations(CONTINUOUS, new FlowEuler(), falling));
        assertEquals(10 + 9 * 3, evaluations(CONTINUOUS, new PredictorCorrector(new ReverseSde(), 3, 0.1), falling));
        assertEquals(7 * 10, evaluations(CONTINUOUS, new AnnealedLangevin(7, 0.1), falling));
        assertEquals(10, evaluations(CONTINUOUS, new Langevin(0.01, 0.1), falling));
        long adaptive = evaluations(CONTINUOUS, new FlowRungeKutta(1e-4), TimeGrid.of(1, 0));
        assertTrue(adaptive > 20 && adaptive < 400, adaptive + " evaluations");
        assertTrue(evaluations(CONTINUOUS, new FlowRungeKutta(1e-8), TimeGrid.of(1, 0)) > 2 * adaptive);
    }

    @Test
    void theSameNoiseGivesTheSamePointsAndTheStartStays() {
        float[] before = start.toFloatArray();
        Sampling sampling = new Sampling(DISCRETE, new Ddpm(), TimeGrid.strided(1000, 30));
        float[] first = sampling.noise(Noise.seeded(5)).run(start).points().toFloatArray();
        assertArrayEquals(
                first, sampling.noise(Noise.seeded(5)).run(start).points().toFloatArray());
        assertFalse(
                first[0] == sampling.noise(Noise.seeded(6)).run(start).points().toFloatArray()[0]);
        assertArrayEquals(before, start.toFloatArray());
    }

    /** Two threads go step by step together; each run counts its own. */
    @Test
    void oneSamplingServesRunsAtTheSameTime() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Sampling sampling = new Sampling(DISCRETE, new Heun(), TimeGrid.strided(1000, 20))
                .listen((index, time, x) -> meet(together));
        NDArray alone = new Sampling(DISCRETE, new Heun(), TimeGrid.strided(1000, 20))
                .run(start)
                .points();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (NDManager other = Torch.onCpu()) {
            NDArray mine = start.duplicate();
            NDArray copy = start.duplicate();
            copy.attach(other);
            Future<Samples> first = threads.submit(() -> sampling.run(mine));
            Future<Samples> second = threads.submit(() -> sampling.run(copy));
            for (Future<Samples> run : List.of(first, second)) {
                assertEquals(39, run.get().evaluations());
                assertArrayEquals(alone.toFloatArray(), run.get().points().toFloatArray());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Limits and listeners of one are not those of the other that it was made from. */
    @Test
    void settingsAreThoseOfTheObjectThatWasGivenThem() {
        Sampling plain = new Sampling(DISCRETE, new Ddim(0), TimeGrid.strided(1000, 50));
        int[] steps = {0};
        Sampling clipped = plain.clip(-1, 1).listen((index, time, x) -> steps[0]++);
        assertTrue(plain.run(start).points().abs().max().getFloat() > 2);
        assertEquals(0, steps[0]);
        assertTrue(clipped.run(start).points().abs().max().getFloat() <= 1.0001f);
        assertEquals(51, steps[0]);
    }

    @Test
    void listenersSeeEachStep() {
        List<Integer> indices = new ArrayList<>();
        Trajectory trajectory = new Trajectory(2, 5);
        NDArray end = new Sampling(DISCRETE, new Ddim(0), TimeGrid.strided(1000, 20))
                .listen((index, time, x) -> {
                    indices.add(index);
                    trajectory.step(index, time, x);
                })
                .run(start)
                .points();
        assertEquals(21, indices.size());
        assertEquals(-1, indices.get(0));
        assertEquals(19, indices.get(20));
        assertArrayEquals(new double[] {1000, 750, 500, 250, 0}, trajectory.times());
        assertEquals(2, trajectory.frames().get(0).length);
        assertEquals(start.getFloat(1, 0), (float) trajectory.path(1, 0)[0]);
        assertEquals(end.getFloat(1, 0), (float) trajectory.path(1, 0)[4]);
    }

    /** With data clipped to [-1, 1] the last step, which goes to the predicted data, ends in it. */
    @Test
    void predictedDataIsClipped() {
        Sampler[] samplers = {new Ddpm(), new Ddim(0), new DpmSolver(), new Heun()};
        for (Sampler sampler : samplers) {
            NDArray end = new Sampling(DISCRETE, sampler, TimeGrid.strided(1000, 50))
                    .clip(-1, 1)
                    .run(start)
                    .points();
            assertTrue(
                    end.abs().max().getFloat() <= 1.0001f,
                    sampler + ": " + end.abs().max().getFloat());
        }
        NDArray end = new Sampling(CONTINUOUS, new ReverseSde(), TimeGrid.uniform(1, 1e-3, 500))
                .clip(-1, 1)
                .run(start)
                .points();
        assertTrue(
                end.abs().max().getFloat() < 1.2f,
                "reverse SDE: " + end.abs().max().getFloat());
    }

    @Test
    void aStepOfNoNoiseIsNamed() {
        Sampling rising = new Sampling(DISCRETE, new DpmSolver(), TimeGrid.of(0, 500, 1000));
        assertEquals(
                "sigma must be above 0 at every time of the grid but the last for this method, but at 0.0 it is 0.0",
                message(() -> rising.run(start)));
    }

    @Test
    void aLearnersMethodIsOneLambda() {
        Sampler halving = (x, step) -> x.mul(0.5);
        Samples samples = new Sampling((x, t) -> x, halving, TimeGrid.counting(3)).run(start);
        assertEquals(start.getFloat(0, 0) / 8, samples.points().getFloat(0, 0), 1e-7);
        assertEquals(0, samples.evaluations());
        samples.close();
    }

    @Test
    void anInterruptStopsTheRun() {
        Sampling sampling = new Sampling(DISCRETE, new Ddim(0), TimeGrid.strided(1000, 100))
                .listen((index, time, x) -> {
                    if (index == 9) {
                        Thread.currentThread().interrupt();
                    }
                });
        String message = assertThrows(CancellationException.class, () -> sampling.run(start))
                .getMessage();
        assertEquals("sampling was interrupted after 10 of 100 steps", message);
        assertFalse(Thread.currentThread().isInterrupted());
        Sampling adaptive = new Sampling(CONTINUOUS, new FlowRungeKutta(1e-6), TimeGrid.of(1, 0));
        Thread.currentThread().interrupt();
        message = assertThrows(CancellationException.class, () -> adaptive.run(start))
                .getMessage();
        assertTrue(message.startsWith("integration was interrupted at time 0."), message);
    }

    @Test
    void anInterruptStopsAStepOfManyEvaluations() {
        int[] evaluations = {0};
        ScoreFunction model = (x, t) -> {
            if (++evaluations[0] == 5) {
                Thread.currentThread().interrupt();
            }
            return x.neg();
        };
        FieldDenoiser levels =
                new FieldDenoiser((x, t) -> model.score(x, 0), Parameterization.SCORE, new EdmSchedule(1));
        Sampling sampling = new Sampling(levels, new AnnealedLangevin(1000, 0.1), TimeGrid.of(1, 0.5, 0));
        String message = assertThrows(CancellationException.class, () -> sampling.run(start))
                .getMessage();
        assertEquals("sampling was interrupted after 0 of 2 steps", message);
        assertEquals(5, evaluations[0]);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("eta must be from 0 to 1, but is 1.5", message(() -> new Ddim(1.5)));
        assertEquals("eta must be from 0 to 1, but is NaN", message(() -> new Ddim(Double.NaN)));
        assertEquals("stepSize must be positive and finite, but is 0.0", message(() -> new Langevin(0)));
        assertEquals("stepsPerLevel must be at least 1, but is 0", message(() -> new AnnealedLangevin(0, 1)));
        assertEquals("tolerance must be positive and finite, but is -1.0", message(() -> new FlowRungeKutta(-1)));
        assertEquals(
                "start must be finite, but has an element that is infinite or NaN",
                message(() ->
                        evaluations(manager.create(new float[] {1, Float.NaN}).reshape(2, 1), DISCRETE, new Ddpm())));
        assertEquals(
                "from must be below to, but they are 1.0 and 1.0",
                message(() -> new Sampling(DISCRETE, new Ddpm(), TimeGrid.of(1, 0)).clip(1, 1)));
        assertEquals(
                "the model's schedule must be a ContinuousSchedule for a method that needs drift and diffusion, but is a"
                        + " DiscreteSchedule",
                message(() -> evaluations(start, DISCRETE, new ReverseSde())));
        ScoreFunction plain = (x, t) -> x.neg();
        assertTrue(message(() -> evaluations(plain, new Ddpm(), TimeGrid.of(1, 0)))
                .startsWith("model must be a Denoiser, which knows its schedule, for this method"));
        assertEquals(
                "times must fall, from noise to data, for this method, but go from 0.0 to 0.5",
                message(() -> evaluations(CONTINUOUS, new ReverseSde(), TimeGrid.of(0, 0.5))));
        assertTrue(message(() -> evaluations(CONTINUOUS, new Ddim(0), TimeGrid.of(0.5, 1)))
                .startsWith("s must be below t"));
        assertTrue(message(() -> evaluations(CONTINUOUS, new ReverseSde(), TimeGrid.of(2, 0)))
                .startsWith("t must be from 0 to 1"));
    }

    /** What would be rounded, spread over columns or divided by nothing is refused. */
    @Test
    void wrongArraysAreNamed() {
        assertEquals(
                "start must be float32 or float64, but is int64: start.toType(DataType.FLOAT32, false) converts it",
                message(() -> evaluations(manager.create(new long[] {1, 2}).reshape(2, 1), DISCRETE, new Ddpm())));
        NDArray none = manager.zeros(new Shape(0, 1));
        Sampler[] methods = {
            new PredictorCorrector(new ReverseSde(), 1, 0.1), new FlowRungeKutta(1e-3), new Ddim(0), new Langevin(1)
        };
        for (Sampler method : methods) {
            assertEquals(
                    "start must have shape (B, ...) with at least one point, but has shape (0, 1)",
                    message(() -> evaluations(none, CONTINUOUS, method)));
        }
        NDArray plane = manager.randomNormal(new Shape(4, 2));
        ScoreFunction column = (x, t) -> x.get(":, 0:1");
        assertEquals(
                "the model's score must have the shape of the points, (4, 2), but has (4, 1)",
                message(() -> evaluations(plane, column, new Langevin(0.1))));
        FieldDenoiser narrow = new FieldDenoiser((x, t) -> x.get(":, 0:1"), Parameterization.NOISE, new VpSchedule());
        assertEquals(
                "the field's values must have the shape of the points, (4, 2), but has (4, 1)",
                message(() -> evaluations(plane, narrow, new Ddim(0))));
        assertEquals("noise must have the shape of the points, (16, 1), but has (16)", message(() -> new Sampling(
                        DISCRETE, new Ddpm(), TimeGrid.strided(1000, 10))
                .noise(x -> x.reshape(-1))
                .run(start)));
        assertEquals(
                "times must fall, from noise to data, for this method, but go from 0.1 to 0.5",
                message(() -> evaluations(CONTINUOUS, new AnnealedLangevin(2, 0.1), TimeGrid.of(0.1, 0.5))));
    }

    @Test
    void aRunThatDivergesSaysSo() {
        Sampling sampling = new Sampling((x, t) -> x.neg(), new Langevin(100), TimeGrid.counting(100));
        String message = assertThrows(ArithmeticException.class, () -> sampling.run(start))
                .getMessage();
        assertTrue(message.startsWith("the points did not stay finite over 100 steps"), message);
    }

    private long evaluations(ScoreFunction model, Sampler sampler, TimeGrid grid) {
        return new Sampling(model, sampler, grid).run(start).evaluations();
    }

    private static long evaluations(NDArray points, ScoreFunction model, Sampler sampler) {
        return new Sampling(model, sampler, TimeGrid.of(1, 0)).run(points).evaluations();
    }
}
