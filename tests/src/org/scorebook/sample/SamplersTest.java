package org.scorebook.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.EdmSchedule;
import org.scorebook.process.FlowSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.process.SubVpSchedule;
import org.scorebook.process.TimeGrid;
import org.scorebook.process.VeSchedule;
import org.scorebook.process.VpSchedule;
import org.scorebook.score.Noise;
import org.scorebook.toy.DiffusedMixture;
import org.scorebook.toy.GaussianMixture;

/** Each method against what it must give on densities whose score is known exactly. */
class SamplersTest {
    private static final DiscreteSchedule DDPM = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));
    private static final GaussianMixture POINT_CLOUD = new GaussianMixture(
            new double[] {0.15, 0.85}, new double[][] {{1, 1}, {-1, -1}}, new double[] {Math.sqrt(0.1), Math.sqrt(0.1)
            });
    private static final GaussianMixture GAUSSIAN =
            new GaussianMixture(new double[] {1}, new double[][] {{2, -1}}, new double[] {0.5});

    @Seeded(7)
    private NDManager manager;

    /** With eta = 1 both are one Gaussian, so the same random numbers give the same points. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 37})
    void ddimWithEtaOneIsDdpm(int steps) {
        DiffusedMixture model = POINT_CLOUD.diffusing(DDPM);
        NDArray start = normal(50, 2);
        TimeGrid grid = TimeGrid.strided(1000, steps);
        double[] ddpm = new Sampling(model, new Ddpm(), grid)
                .noise(Noise.seeded(1))
                .run(start)
                .points()
                .toDoubleArray();
        double[] ddim = new Sampling(model, new Ddim(1), grid)
                .noise(Noise.seeded(1))
                .run(start)
                .points()
                .toDoubleArray();
        assertArrayEquals(ddpm, ddim, 1e-8);
    }

    /** The flow of Gaussian data moves each point so that it keeps its distance from the mean in standard deviations. */
    @Test
    void flowMethodsSolveTheFlowOfAGaussian() {
        NoiseSchedule[] schedules = {
            new VpSchedule(), new SubVpSchedule(), new VeSchedule(0.01, 20), new EdmSchedule(20)
        };
        NDArray start = normal(20, 2);
        for (NoiseSchedule schedule : schedules) {
            DiffusedMixture model = GAUSSIAN.diffusing(schedule);
            double begin = schedule.endTime();
            double end = begin / 100;
            NDArray expected = standardized(start, schedule, begin)
                    .mul(deviation(schedule, end))
                    .add(mean().mul(schedule.alpha(end)));
            TimeGrid grid = TimeGrid.logSnr(schedule, begin, end, 801);
            TimeGrid toEnd = TimeGrid.of(java.util.Arrays.copyOf(grid.times(), 801));
            near(expected, model, new FlowRungeKutta(1e-8), TimeGrid.of(begin, end), start, 1e-6);
            near(expected, model, new Heun(), toEnd, start, 2e-4);
            near(expected, model, new DpmSolver(), toEnd, start, 2e-4);
            near(expected, model, new Ddim(0), toEnd, start, 2e-2);
            near(expected, model, new FlowEuler(), toEnd, start, 1e-1);
        }
    }

    @Test
    void theFlowRunsBothWays() {
        DiffusedMixture model = POINT_CLOUD.diffusing(new VpSchedule());
        NDArray x = normal(20, 2);
        NDArray back = run(model, new FlowRungeKutta(1e-9), TimeGrid.of(1, 1e-3), x);
        near(x, model, new FlowRungeKutta(1e-9), TimeGrid.of(1e-3, 1), back, 1e-5);
        NDArray eulerBack = run(model, new FlowEuler(), TimeGrid.uniform(1, 0.01, 4000), x);
        near(x, model, new FlowEuler(), TimeGrid.uniform(0.01, 1, 4000), eulerBack, 0.03);
    }

    /** On the straight path Euler's method for the velocity is DDIM; from pure noise one step goes to the data's mean. */
    @Test
    void ddimOnTheStraightPathIsEuler() {
        DiffusedMixture model = POINT_CLOUD.diffusing(new FlowSchedule());
        NDArray x = normal(20, 2);
        NDArray expected = x;
        double[] times = {0.9, 0.7, 0.4, 0.1};
        for (int i = 0; i < 3; i++) {
            var prediction = model.predict(expected, times[i]);
            NDArray velocity = prediction.noise().sub(prediction.data());
            expected = expected.add(velocity.mul(times[i + 1] - times[i]));
        }
        near(expected, model, new Ddim(0), TimeGrid.of(times), x, 1e-12);
        NDArray once = run(model, new Ddim(0), TimeGrid.of(1, 0), x);
        near(x.zerosLike().add(0.15 - 0.85), model, new Ddim(0), TimeGrid.of(1, 0), x, 1e-12);
        assertEquals(-0.7, once.getDouble(3, 1), 1e-12);
    }

    /** Data N(m, s^2): the distribution of each stochastic method's points, within four standard errors and its own bias. */
    @Test
    void stochasticMethodsEndInTheData() {
        NDArray start = normal(20_000, 2);
        DiffusedMixture discrete = GAUSSIAN.diffusing(DDPM);
        DiffusedMixture continuous = GAUSSIAN.diffusing(new VpSchedule());
        TimeGrid uniform = TimeGrid.uniform(1, 0, 1000);
        hasDataMoments(run(discrete, new Ddpm(), TimeGrid.strided(1000, 1000), start), 0.03);
        hasDataMoments(run(discrete, new Ddpm(Ddpm.Variance.LARGE), TimeGrid.strided(1000, 1000), start), 0.03);
        hasDataMoments(run(discrete, new Ddim(0.5), TimeGrid.strided(1000, 500), start), 0.03);
        hasDataMoments(run(continuous, new ReverseSde(), uniform, start), 0.03);
        hasDataMoments(
                run(
                        continuous,
                        new PredictorCorrector(new ReverseSde(), 1, 0.1),
                        TimeGrid.uniform(1, 1e-3, 500),
                        start),
                0.05);
    }

    /** DDPM's two variances bound the true one: one is exact for a single point, the other for N(0, I). */
    @Test
    void eachVarianceOfDdpmIsExactForItsData() {
        NDArray start = normal(50_000, 1);
        GaussianMixture standard = new GaussianMixture(new double[] {1}, new double[][] {{0}}, new double[] {1});
        TimeGrid few = TimeGrid.strided(1000, 5);
        NDArray large = run(
                standard.diffusing(DDPM), new Ddpm(Ddpm.Variance.LARGE), TimeGrid.of(1000, 800, 600, 400, 200), start);
        assertEquals(1, large.square().mean().getDouble(), 4 * Math.sqrt(2 / 50_000.0));
        GaussianMixture point = new GaussianMixture(new double[] {1}, new double[][] {{3}}, new double[] {1e-9});
        NDArray small = run(point.diffusing(DDPM), new Ddpm(), TimeGrid.of(1000, 800, 600, 400, 200), start);
        double centred = small.sub(3 * DDPM.alpha(200)).square().mean().getDouble();
        assertEquals(1, centred / Math.pow(DDPM.sigma(200), 2), 4 * Math.sqrt(2 / 50_000.0));
        assertEquals(
                3, run(point.diffusing(DDPM), new Ddpm(), few, start).mean().getDouble(), 1e-6);
    }

    @Test
    void theForwardProcessHasTheScheduleMoments() {
        NDArray x0 = POINT_CLOUD.sample(manager, 100_000);
        VpSchedule schedule = new VpSchedule();
        NDArray xt = new Sampling(POINT_CLOUD.diffusing(schedule), new ForwardSde(), TimeGrid.uniform(0, 0.5, 500))
                .run(x0)
                .points();
        GaussianMixture exact = POINT_CLOUD.diffused(schedule, 0.5);
        NDArray expected = exact.sample(manager, 100_000);
        assertEquals(
                exact.logDensity(expected).mean().getFloat(),
                exact.logDensity(xt).mean().getFloat(),
                0.015);
        assertArrayEquals(
                expected.mean(new int[] {0}).toFloatArray(),
                xt.mean(new int[] {0}).toFloatArray(),
                0.02f);
    }

    /** On N(0, s^2) the steps are x (1 - h / s^2) + sqrt(2 h) z, which settle at the variance s^2 / (1 - h / (2 s^2)). */
    @Test
    void langevinSettlesAtItsBiasedVariance() {
        GaussianMixture target = new GaussianMixture(new double[] {1}, new double[][] {{0}}, new double[] {0.5});
        NDArray end = new Sampling((x, t) -> target.score(x), new Langevin(0.1), TimeGrid.counting(200))
                .run(normal(50_000, 1))
                .points();
        double expected = 0.25 / (1 - 0.1 / 0.5);
        assertEquals(1, end.square().mean().getDouble() / expected, 4 * Math.sqrt(2 / 50_000.0));
    }

    /** From a wide start Langevin steps stay in the half where they began; annealed ones find the weights 0.15 and 0.85. */
    @Test
    void annealingFindsTheWeightsOfTheModes() {
        DiffusedMixture model = POINT_CLOUD.diffusing(new EdmSchedule(10));
        NDArray start = normal(4000, 2).mul(10);
        double[] levels = TimeGrid.karras(0.05, 10, 7, 19).times();
        double[] times = java.util.Arrays.copyOf(levels, 21);
        NDArray annealed = run(model, new AnnealedLangevin(30, 0.1), TimeGrid.of(times), start);
        NDArray plain = run(model, new Langevin(0.01, 0), TimeGrid.counting(600), start);
        assertEquals(0.15, shareAbove(annealed), 4 * Math.sqrt(0.15 * 0.85 / 4000) + 0.01);
        assertEquals(0.5, shareAbove(plain), 0.1);
    }

    private static double shareAbove(NDArray x) {
        return x.sum(new int[] {1}).gt(0).toType(DataType.FLOAT64, false).mean().getDouble();
    }

    private void hasDataMoments(NDArray x, double bias) {
        NDArray error = x.sub(mean());
        double standardError = 0.5 / Math.sqrt(x.getShape().get(0));
        assertTrue(x.getShape().equals(new Shape(20_000, 2)));
        for (double mean : error.mean(new int[] {0}).toDoubleArray()) {
            assertEquals(0, mean, 4 * standardError + bias / 5);
        }
        assertEquals(1, Math.sqrt(error.square().mean().getDouble()) / 0.5, bias);
    }

    /** The paper's epsilon is {@code 2 (r |z| / |s|)^2}: its r is ours over the root of 2. */
    @Test
    void theCorrectorIsThePapersWithItsRatioTimesRootTwo() {
        DiffusedMixture model = GAUSSIAN.diffusing(new VeSchedule(0.01, 20));
        NDArray x = normal(6, 2);
        NDArray z = Noise.seeded(4).like(x);
        NDArray score = model.score(x, 0.5);
        double norms = z.norm(new int[] {1}).mean().getDouble()
                / score.norm(new int[] {1}).mean().getDouble();
        double epsilon = 2 * Math.pow(0.16 * norms, 2);
        NDArray expected = x.add(score.mul(epsilon)).add(z.mul(Math.sqrt(2 * epsilon)));
        Sampler stay = (points, step) -> points;
        NDArray found = new Sampling(model, new PredictorCorrector(stay, 1, 0.16 * Math.sqrt(2)), TimeGrid.of(0.6, 0.5))
                .noise(points -> z)
                .run(x)
                .points();
        assertArrayEquals(expected.toDoubleArray(), found.toDoubleArray(), 1e-12);
    }

    private NDArray mean() {
        return manager.create(new double[][] {{2, -1}});
    }

    private static double deviation(NoiseSchedule schedule, double t) {
        return Math.hypot(0.5 * schedule.alpha(t), schedule.sigma(t));
    }

    private NDArray standardized(NDArray x, NoiseSchedule schedule, double t) {
        return x.sub(mean().mul(schedule.alpha(t))).div(deviation(schedule, t));
    }

    private NDArray normal(int n, int dimension) {
        return manager.randomNormal(0, 1, new Shape(n, dimension), DataType.FLOAT64);
    }

    private NDArray run(DiffusedMixture model, Sampler sampler, TimeGrid grid, NDArray start) {
        return new Sampling(model, sampler, grid).run(start).points();
    }

    private void near(
            NDArray expected, DiffusedMixture model, Sampler sampler, TimeGrid grid, NDArray start, double tolerance) {
        double error =
                run(model, sampler, grid, start).sub(expected).abs().max().getDouble();
        assertTrue(error < tolerance, sampler + " with " + model.schedule() + ": error " + error);
    }
}
