package org.scorebook.sample;

import ai.djl.ndarray.NDArray;

/** What one run counts. */
final class Tally {
    private long evaluations;
    private double accepted;
    private long proposals;

    /** The model was evaluated once, for all points together. */
    void evaluated() {
        evaluations++;
    }

    /** A move was proposed to the points, of whom this share accepted it. */
    void proposed(double share) {
        accepted += share;
        proposals++;
    }

    /** What another has counted. */
    void add(Tally other) {
        evaluations += other.evaluations;
        accepted += other.accepted;
        proposals += other.proposals;
    }

    Samples of(NDArray points) {
        return new Samples(points, evaluations, proposals == 0 ? 1 : accepted / proposals);
    }
}
