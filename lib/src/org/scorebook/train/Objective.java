package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.scorebook.base.Require;
import org.scorebook.score.EnergyField;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

/**
 * What a model is trained towards, in two halves. All random numbers of a training step are drawn in {@link #prepare}, and so
 * are the points that the model itself draws; the loss that it gives is a formula of the model alone.
 *
 * @param <M> what the loss needs of the model: a {@link VectorField}, an {@link EnergyFunction}
 */
@FunctionalInterface
public interface Objective<M> {
    /**
     * Called while no gradient collector is open. Nothing about the model changes, nor the gradients of its parameters.
     *
     * @param model as it is now
     * @param data a batch x_0 of shape (B, ...)
     * @param noise for normal numbers
     * @param random for times and all else
     * @return the loss of this batch, whose arrays belong to the data's manager
     */
    LossTerm<M> prepare(M model, NDArray data, Noise noise, RandomGenerator random);

    /**
     * The first half of {@link #prepare}: what a native call cannot do.
     *
     * @return the second half, with the same random numbers; here nothing is left for it
     */
    default Begun<M> begin(M model, NDArray data, Noise noise, RandomGenerator random) {
        LossTerm<M> term = prepare(model, data, noise, random);
        return known -> term;
    }

    /** A loss for which nothing is drawn from Java's random numbers any more. */
    @FunctionalInterface
    interface Begun<M> {
        /**
         * Draws the rest, and runs what is part of the loss.
         *
         * @param known gives an array as the computation is to know it: itself, or as a trace writes it down
         */
        LossTerm<M> term(UnaryOperator<NDArray> known);
    }

    /**
     * Score matching for an energy: its score, {@code -grad E}, in place of a network's. It needs no samples of the energy, but
     * its second derivatives.
     *
     * @param objective of scores: of a {@link DenoisingScoreMatching} one with one noise level, for an energy knows no time
     */
    static Objective<EnergyFunction> scoreMatching(Objective<VectorField> objective) {
        Require.given("objective", objective);
        return (energy, data, noise, random) -> {
            LossTerm<VectorField> term = objective.prepare(new EnergyField(energy), data, noise, random);
            return trained -> term.of(new EnergyField(trained));
        };
    }
}
