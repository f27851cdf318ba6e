package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.base.Require;
import org.scorebook.process.TimeGrid;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;

/**
 * The normalizing constant of an energy, {@code Z = integral exp(-E(x)) dx}, in many dimensions: points of N(0, s^2 I), whose
 * constant is known, are moved along densities {@code p_j ~ N(0, s^2 I)^(1 - beta_j) exp(-beta_j E)} with beta from 0 to 1, and
 * each gathers a weight
 *
 * <pre>log w = sum_j (beta_j - beta_(j-1)) (|x_(j-1)|^2 / (2 s^2) - E(x_(j-1)))
 * log Z = D/2 log(2 pi s^2) + log(mean of w)</pre>
 *
 * The estimate of Z is right on average, so that of log Z is a little low; the path is fine enough when the standard error is
 * small and the effective number of points is large. A mode that no point finds is missed, and the error does not tell.
 *
 * <p>Source: Neal, Annealed Importance Sampling (2001), eqs. 3 to 11.
 *
 * @param transition leaves the density exp(-E) of any energy as it is, such as {@link HamiltonianMonteCarlo}; one with a bias
 *     biases log Z
 * @param moves at each beta between 0 and 1, at least 1
 * @param path beta, from 0 to 1, for instance {@code TimeGrid.uniform(0, 1, 200)}
 * @param deviation s, positive: so wide that the energy's modes are in reach
 */
public record AnnealedImportanceSampling(Sampler transition, int moves, TimeGrid path, double deviation) {
    public AnnealedImportanceSampling {
        Require.given("transition", transition);
        Require.given("path", path);
        Require.atLeast("moves", moves, 1);
        Require.positive("deviation", deviation);
        if (path.time(0) != 0 || path.time(path.steps()) != 1) {
            throw new IllegalArgumentException(
                    "path must go from 0 to 1, but goes from " + path.time(0) + " to " + path.time(path.steps()));
        }
    }

    /**
     * What the points say together.
     *
     * @param logZ in nats
     * @param standardError of logZ, by the spread of the weights
     * @param effectivePoints {@code (sum w)^2 / sum w^2}, from 1 to the number of points
     * @param acceptance of the transitions, over the whole path
     * @param evaluations of energy or gradient, each for all points together
     */
    public record Estimate(
            double logZ, double standardError, double effectivePoints, double acceptance, long evaluations) {}

    /**
     * Runs the path once.
     *
     * @param like gives the shape of the points, (B, ...) with B at least 2, and their type and device
     * @param noise for starts and transitions
     * @throws ArithmeticException if the weights are not finite
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public Estimate estimate(EnergyFunction energy, NDArray like, Noise noise) {
        Require.given("energy", energy);
        Require.given("noise", noise);
        ArrayChecks.points("like", ArrayChecks.floating("like", like));
        int points = Math.toIntExact(like.getShape().get(0));
        Require.atLeast("the number of points", points, 2);
        double[] logWeights = new double[points];
        double acceptance = 0;
        long evaluations = path.steps();
        try (NDManager manager = like.getManager().newSubManager()) {
            NDArray x = start(like, manager, noise);
            for (int j = 1; j <= path.steps(); j++) {
                weigh(energy, x, path.time(j) - path.time(j - 1), logWeights);
                if (j < path.steps()) {
                    Samples moved = move(new GeometricPath(energy, path.time(j), deviation), x, noise);
                    x.close();
                    x = moved.points();
                    acceptance += moved.acceptance() / (path.steps() - 1);
                    evaluations += moved.evaluations();
                }
            }
        }
        double dimension = (double) like.size() / points;
        double logZ = dimension / 2 * Math.log(2 * Math.PI * deviation * deviation);
        return summary(logWeights, logZ, path.steps() == 1 ? 1 : acceptance, evaluations);
    }

    private NDArray start(NDArray like, NDManager manager, Noise noise) {
        NDArray zeros = like.zerosLike();
        zeros.attach(manager);
        return ArrayChecks.sameShape("noise", noise.like(zeros), zeros).mul(deviation);
    }

    private Samples move(EnergyFunction energy, NDArray x, Noise noise) {
        return new Sampling(energy, transition, TimeGrid.counting(moves))
                .noise(noise)
                .run(x);
    }

    private void weigh(EnergyFunction energy, NDArray x, double step, double[] logWeights) {
        try (NDManager arrays = x.getManager().newSubManager()) {
            NDArray points = x.duplicate();
            points.attach(arrays);
            NDArray energies = ArrayChecks.onePerPoint("energy", energy.energy(points), points);
            NDArray fall = GeometricPath.bowl(points, deviation).sub(energies);
            double[] falls = fall.toType(DataType.FLOAT64, true).toDoubleArray();
            Arrays.setAll(logWeights, i -> logWeights[i] + step * falls[i]);
        }
    }

    /** The variance of log(mean w) is that of the mean over its square, to first order. */
    private static Estimate summary(double[] logWeights, double logZ, double acceptance, long evaluations) {
        double largest = Arrays.stream(logWeights).max().orElseThrow();
        double[] weights =
                Arrays.stream(logWeights).map(w -> Math.exp(w - largest)).toArray();
        double sum = Arrays.stream(weights).sum();
        double squares = Arrays.stream(weights).map(w -> w * w).sum();
        if (!Double.isFinite(sum)) {
            throw new ArithmeticException("the weights are not finite: the energy is not finite where points of"
                    + " N(0, deviation^2 I) lie, or the transitions are too long");
        }
        int n = logWeights.length;
        double effective = sum * sum / squares;
        double error = Math.sqrt(Math.max(0, n / effective - 1) / (n - 1));
        return new Estimate(logZ + largest + Math.log(sum / n), error, effective, acceptance, evaluations);
    }
}
