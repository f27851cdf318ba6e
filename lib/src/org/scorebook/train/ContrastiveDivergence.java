package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Recorded;
import org.scorebook.base.Require;
import org.scorebook.process.TimeGrid;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.sample.Sampler;
import org.scorebook.sample.Sampling;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;

/**
 * Maximum likelihood for energies by sampling: the energy of data goes down and that of points which the energy itself draws
 * goes up,
 *
 * <pre>L = mean E(x+) - mean E(x-) + alpha (mean E(x+)^2 + mean E(x-)^2)</pre>
 *
 * For x- from exp(-E) / Z the gradient of its first two terms is that of the negative log-likelihood. The chains that draw x-
 * are short; where they start tells the methods apart. The last term keeps energies near 0, which the first two leave free.
 *
 * <p>Source: Hinton, Training Products of Experts by Minimizing Contrastive Divergence (2002); Tieleman, Training Restricted
 * Boltzmann Machines using Approximations to the Likelihood Gradient (2008); Du and Mordatch (2019), sections 3.2 and 3.4;
 * Nijkamp et al., Learning Non-Convergent Non-Persistent Short-Run MCMC (2019), for chains from noise.
 */
public final class ContrastiveDivergence implements Objective<EnergyFunction> {
    private final Chains chains;
    private final Sampler chain;
    private final TimeGrid grid;
    private double alpha;
    private double dataNoise;
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;

    /** Draws starts of chains. */
    private interface Chains {
        Starts draw(NDArray data, RandomGenerator random);
    }

    /**
     * @param points where chains start; null for the data
     * @param keep is given their ends
     */
    private record Starts(NDArray points, Consumer<NDArray> keep) {}

    private ContrastiveDivergence(Chains chains, Sampler chain, int steps) {
        Require.atLeast("steps", steps, 1);
        this.chains = chains;
        this.chain = Require.given("chain", chain);
        grid = TimeGrid.counting(steps);
    }

    /** CD-k: each chain starts at a point of the data, and takes k steps. */
    public static ContrastiveDivergence fromData(Sampler chain, int steps) {
        return new ContrastiveDivergence((data, random) -> new Starts(null, ends -> {}), chain, steps);
    }

    /** Each chain starts at a new point, for instance of {@link ReplayBuffer#uniform}. */
    public static ContrastiveDivergence fromNoise(Batches starts, Sampler chain, int steps) {
        Require.given("starts", starts);
        return new ContrastiveDivergence(
                (data, random) -> new Starts(starts.next(data.getManager(), size(data), random), ends -> {}),
                chain,
                steps);
    }

    /** Each chain goes on where one ended before (PCD), or begins anew now and then: as the buffer does. */
    public static ContrastiveDivergence persistent(ReplayBuffer buffer, Sampler chain, int steps) {
        Require.given("buffer", buffer);
        return new ContrastiveDivergence(
                (data, random) -> {
                    ReplayBuffer.Draw draw = buffer.draw(data.getManager(), size(data), random);
                    return new Starts(draw.points(), ends -> buffer.put(draw, ends));
                },
                chain,
                steps);
    }

    /** For images from -1 to 1: 60 steps of {@link EnergyLangevin#forImages}, alpha 0.1, noise of 0.005 on the data. */
    public static ContrastiveDivergence forImages(ReplayBuffer buffer) {
        return persistent(buffer, EnergyLangevin.forImages(), 60)
                .regularized(0.1)
                .dataNoise(0.005, -1, 1);
    }

    private static int size(NDArray data) {
        return Math.toIntExact(data.getShape().get(0));
    }

    /** Sets alpha, 0 or more, which is 0 without this. */
    public ContrastiveDivergence regularized(double weight) {
        Require.notNegative("weight", weight);
        alpha = weight;
        return this;
    }

    /**
     * Adds Gaussian noise to the data and limits what comes of it to a range, which should be the chains' own: else whether a
     * value is out of range tells data from chains.
     *
     * @param deviation 0 or more
     * @param from the least value; minus infinity for no limit
     * @param to the largest, above from
     */
    public ContrastiveDivergence dataNoise(double deviation, double from, double to) {
        Require.notNegative("deviation", deviation);
        if (!(from < to)) {
            throw new IllegalArgumentException("from must be below to, but they are " + from + " and " + to);
        }
        dataNoise = deviation;
        low = from;
        high = to;
        return this;
    }

    /**
     * Runs the chains. What it gives belongs to the data's manager.
     *
     * @throws ArithmeticException if a chain does not stay finite; then no chain is put back
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    @Override
    public ContrastiveTerm prepare(EnergyFunction energy, NDArray data, Noise noise, RandomGenerator random) {
        return begin(energy, data, noise, random).term(array -> array);
    }

    @Override
    public Started begin(EnergyFunction energy, NDArray data, Noise noise, RandomGenerator random) {
        return new Started(energy, data, noise, chains.draw(data, random));
    }

    /** A batch whose chains have starts, and run as part of the loss: in a step of {@link OneCall} all of it is one native call. */
    public final class Started implements Objective.Begun<EnergyFunction> {
        private final EnergyFunction energy;
        private final NDArray data;
        private final Noise noise;
        private final Starts starts;

        private Started(EnergyFunction energy, NDArray data, Noise noise, Starts starts) {
            this.energy = energy;
            this.data = data;
            this.noise = noise;
            this.starts = starts;
        }

        @Override
        public ContrastiveTerm term(UnaryOperator<NDArray> known) {
            NDArray positives = noisy(known.apply(data), noise);
            NDArray start = starts.points == null ? positives : known.apply(starts.points);
            NDArray negatives =
                    new Sampling(energy, chain, grid).noise(noise).run(start).points();
            Recorded.whenKnown(negatives, starts.keep);
            return new ContrastiveTerm(positives, negatives, alpha);
        }
    }

    private NDArray noisy(NDArray data, Noise noise) {
        if (dataNoise == 0) {
            return data;
        }
        NDArray added = ArrayChecks.sameShape("noise", noise.like(data), data).mul(dataNoise);
        return data.add(added).clip(low, high);
    }
}
