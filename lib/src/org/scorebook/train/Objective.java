package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.scorebook.score.Noise;

/**
 * What a network is trained towards. All random numbers of a training step are drawn in {@link #prepare}; the loss that it
 * gives is a formula of the network alone.
 */
@FunctionalInterface
public interface Objective {
    /**
     * @param data a batch x_0 of shape (B, ...)
     * @param noise for normal numbers
     * @param random for times and the like
     */
    LossTerm prepare(NDArray data, Noise noise, RandomGenerator random);
}
