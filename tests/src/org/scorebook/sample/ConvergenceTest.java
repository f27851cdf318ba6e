package org.scorebook.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.process.TimeGrid;
import org.scorebook.process.VpSchedule;
import org.scorebook.score.Noise;
import org.scorebook.toy.DiffusedMixture;
import org.scorebook.toy.GaussianMixture;

/** How fast each method's error falls with the number of steps, on exact denoisers in double precision. */
class ConvergenceTest {
    private static final double END = 0.02;
    private static final VpSchedule VP = new VpSchedule();
    private static final DiffusedMixture MIXTURE = new GaussianMixture(
                    new double[] {0.3, 0.7}, new double[][] {{-1, 0.5}, {1, 0}}, new double[] {0.6, 0.8})
            .diffusing(VP);
    private static final double DEVIATION = 0.5;
    private static final DiffusedMixture GAUSSIAN =
            new GaussianMixture(new double[] {1}, new double[][] {{0}}, new double[] {DEVIATION}).diffusing(VP);

    @Seeded(4)
    private NDManager manager;

    @Test
    void euler() {
        assertEquals(1, flowOrder(new FlowEuler(), ConvergenceTest::uniform), 0.1);
    }

    @Test
    void ddim() {
        assertEquals(1, flowOrder(new Ddim(0), ConvergenceTest::evenLogSnr), 0.1);
    }

    @Test
    void heun() {
        assertEquals(2, flowOrder(new Heun(), ConvergenceTest::evenLogSnr), 0.15);
    }

    @Test
    void dpmSolver() {
        assertEquals(2, flowOrder(new DpmSolver(), ConvergenceTest::evenLogSnr), 0.15);
    }

    /** The variance of the end, without any sampling: the points of Gaussian data are linear in start and noise. */
    @Test
    void randomMethodsWeakly() {
        List<Sampler> backward =
                List.of(new ReverseSde(), new Ddpm(Ddpm.Variance.SMALL), new Ddpm(Ddpm.Variance.LARGE), new Ddim(1));
        for (Sampler sampler : backward) {
            assertEquals(1, weakOrder(sampler, ConvergenceTest::uniform), 0.1, sampler.toString());
        }
        assertEquals(1, weakOrder(new ForwardSde(), steps -> uniform(steps).reversed()), 0.1);
    }

    private double weakOrder(Sampler sampler, IntFunction<TimeGrid> grid) {
        return order(
                steps -> Math.abs(varianceOf(sampler, grid.apply(steps))
                        - variance(grid.apply(steps).time(steps))),
                160,
                320,
                640,
                1280);
    }

    /**
     * Against the path of 32 times as many steps along the same Wiener process. The theorem for any SDE promises 1/2; here the
     * noise does not depend on x, so that Milstein's correction is 0, and the order is 1.
     */
    @Test
    void eulerMaruyamaStrongly() {
        int finest = 8192;
        NDArray start = manager.randomNormal(0, 1, new Shape(2000, 2), DataType.FLOAT64);
        NDArray increments = manager.randomNormal(0, 1, new Shape(finest, 2000), DataType.FLOAT64);
        NDArray reference = alongWienerPath(start, increments, finest);
        double order = order(
                steps -> alongWienerPath(start, increments, steps)
                        .sub(reference)
                        .abs()
                        .mean()
                        .getDouble(),
                32,
                64,
                128,
                256);
        assertEquals(1, order, 0.12);
    }

    private NDArray alongWienerPath(NDArray start, NDArray increments, int steps) {
        int share = (int) (increments.getShape().get(0) / steps);
        int[] step = {0};
        Noise path = x -> {
            int from = step[0]++ * share;
            NDArray sum = increments.get(from + ":" + (from + share)).sum(new int[] {0});
            return sum.div(Math.sqrt(share)).reshape(-1, 1).broadcast(x.getShape());
        };
        return new Sampling(MIXTURE, new ReverseSde(), uniform(steps))
                .noise(path)
                .run(start)
                .points();
    }

    /** Row k of the batch feels only the noise of step k, of size 1; the last row only the start, of its deviation. */
    private double varianceOf(Sampler sampler, TimeGrid grid) {
        int steps = grid.steps();
        NDArray eye = manager.eye(steps + 1, steps + 1, 0, DataType.FLOAT64);
        NDArray start =
                eye.get(":, " + steps).mul(Math.sqrt(variance(grid.time(0)))).reshape(-1, 1);
        int[] step = {0};
        Noise unit = x -> eye.get(":, " + step[0]++).reshape(-1, 1);
        NDArray end =
                new Sampling(GAUSSIAN, sampler, grid).noise(unit).run(start).points();
        return end.square().sum().getDouble();
    }

    private static double variance(double t) {
        return Math.pow(VP.alpha(t) * DEVIATION, 2) + Math.pow(VP.sigma(t), 2);
    }

    private double flowOrder(Sampler sampler, IntFunction<TimeGrid> grid) {
        NDArray start = manager.randomNormal(0, 1, new Shape(200, 2), DataType.FLOAT64);
        NDArray exact = new Sampling(MIXTURE, new FlowRungeKutta(1e-11), uniform(1))
                .run(start)
                .points();
        return order(
                steps -> new Sampling(MIXTURE, sampler, grid.apply(steps))
                        .run(start)
                        .points()
                        .sub(exact)
                        .abs()
                        .mean()
                        .getDouble(),
                80,
                160,
                320,
                640);
    }

    private interface ErrorOfSteps {
        double at(int steps);
    }

    /** Minus the slope of log error over log steps, by least squares. */
    private static double order(ErrorOfSteps error, int... steps) {
        double[] x = Arrays.stream(steps).mapToDouble(Math::log).toArray();
        double[] y =
                Arrays.stream(steps).mapToDouble(n -> Math.log(error.at(n))).toArray();
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
        }
        return -xy / xx;
    }

    private static TimeGrid uniform(int steps) {
        return TimeGrid.uniform(1, END, steps);
    }

    /** Even steps of logSnr from 1 to END. */
    private static TimeGrid evenLogSnr(int steps) {
        double[] times = TimeGrid.logSnr(VP, 1, END, steps + 1).times();
        return TimeGrid.of(Arrays.copyOf(times, steps + 1));
    }
}
