package org.scorebook.sample;

import ai.djl.ndarray.NDArray;

/** Sees the points after each step: for trajectories, pictures and progress. */
@FunctionalInterface
public interface StepListener {
    /**
     * @param index of the step, from 0; before the first step once with -1 and the starting points
     * @param time that the points are at
     * @param x the points, open during this call only
     */
    void step(int index, double time, NDArray x);
}
