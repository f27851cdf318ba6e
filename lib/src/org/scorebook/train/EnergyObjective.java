package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.scorebook.base.Require;
import org.scorebook.score.EnergyField;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;

/**
 * What an energy is trained towards, in two halves as an {@link Objective}: all random numbers of a training step are drawn in
 * {@link #prepare}, and so are the points that the energy itself draws; the loss that it gives is a formula of the energy.
 */
@FunctionalInterface
public interface EnergyObjective {
    /**
     * Called while no gradient collector is open. Nothing about the energy changes, nor the gradients of its parameters.
     *
     * @param energy as it is now
     * @param data a batch of shape (B, ...)
     * @param noise for normal numbers
     * @param random for all else
     */
    EnergyTerm prepare(EnergyFunction energy, NDArray data, Noise noise, RandomGenerator random);

    /**
     * Score matching: the score of the energy in place of a network's. It needs no samples of the energy, but its second
     * derivatives.
     *
     * @param objective of scores: of a {@link DenoisingScoreMatching} one with one noise level, for an energy knows no time
     */
    static EnergyObjective scoreMatching(Objective objective) {
        Require.given("objective", objective);
        return (energy, data, noise, random) -> {
            LossTerm term = objective.prepare(data, noise, random);
            return trained -> term.of(new EnergyField(trained));
        };
    }
}
