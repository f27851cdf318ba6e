package org.scorebook.process;

import org.scorebook.base.Require;

/** Argument checks of betas, steps and times. */
final class Checks {
    private Checks() {}

    /** A probability-like value, strictly between 0 and 1. */
    static void beta(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, both excluded, but is " + value);
        }
    }

    /** Betas that grow over at least two steps. */
    static void growingBetas(int steps, double first, double last) {
        Require.atLeast("steps", steps, 2);
        Require.ascending("first", first, "last", last);
        beta("last", last);
    }

    static void time(double t, double endTime) {
        if (!(t >= 0 && t <= endTime)) {
            throw new IllegalArgumentException("t must be from 0 to " + endTime + ", but is " + t);
        }
    }

    static void step(int t, int steps) {
        if (t < 1 || t > steps) {
            throw new IllegalArgumentException("t must be from 1 to " + steps + ", but is " + t);
        }
    }
}
