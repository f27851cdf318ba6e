package org.scorebook.sample;

import ai.djl.ndarray.NDArray;

/**
 * A method that moves points from one time to the next. It is its formula and nothing else: {@link Sampling} runs the loop,
 * and a {@link Step} gives the model, the times and the random numbers. A method keeps no state of its own, so that one
 * object serves any number of runs.
 */
@FunctionalInterface
public interface Sampler {
    /**
     * The points at {@link Step#next}.
     *
     * @param x the points at {@link Step#time}, of shape (B, ...); left as they are
     * @return of the shape of x
     */
    NDArray step(NDArray x, Step step);
}
