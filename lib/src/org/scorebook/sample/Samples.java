package org.scorebook.sample;

import ai.djl.ndarray.NDArray;

/**
 * What a run of a sampler gives.
 *
 * @param points at the grid's last time; they belong to the manager of the starting points
 * @param evaluations how often the model was evaluated, each time for all points together (NFE)
 * @param acceptance the share of proposed moves that were accepted, from 0 to 1; 1 for methods that accept all
 */
public record Samples(NDArray points, long evaluations, double acceptance) implements AutoCloseable {
    @Override
    public void close() {
        points.close();
    }
}
