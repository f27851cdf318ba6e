package org.scorebook.train;

import org.scorebook.base.Require;

/** The learning rate over training. */
@FunctionalInterface
public interface LearningRate {
    /**
     * @param step from 0
     * @param total how many steps there are
     * @return 0 or more
     */
    double at(long step, long total);

    /** The same in every step, 0 or more. */
    static LearningRate constant(double rate) {
        Require.notNegative("rate", rate);
        return (step, total) -> rate;
    }

    /** {@code rate (1 + cos(pi step / total)) / 2}: slowly away from the rate, and slowly to 0 at the end. */
    static LearningRate cosine(double rate) {
        Require.notNegative("rate", rate);
        return (step, total) -> rate * (1 + Math.cos(Math.PI * step / total)) / 2;
    }

    /**
     * This rate, reached evenly over the first steps.
     *
     * @param steps 0 or more; 0 for this rate from the beginning
     */
    default LearningRate warmedUp(long steps) {
        Require.notNegative("steps", steps);
        return (step, total) -> at(step, total) * Math.min(1, (step + 1.0) / steps);
    }
}
