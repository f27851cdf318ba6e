package org.scorebook.sample;

/** Argument checks that name the argument, its value and what would be right. */
final class Require {
    private Require() {}

    static void positive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be 0 or more and finite, but is " + value);
        }
    }

    static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }

    /** The width of a step to a later time. */
    static double rising(Step step) {
        return positiveWidth(step.next() - step.time(), "rise, from data to noise,", step);
    }

    /** The width of a step to an earlier time. */
    static double falling(Step step) {
        return positiveWidth(step.time() - step.next(), "fall, from noise to data,", step);
    }

    private static double positiveWidth(double width, String direction, Step step) {
        if (!(width > 0)) {
            throw new IllegalArgumentException(
                    "times must " + direction + " for this method, but go from " + step.time() + " to " + step.next());
        }
        return width;
    }

    /** alpha at a time where it is above 0. */
    static double alpha(Step step, double t) {
        double alpha = step.schedule().alpha(t);
        if (!(alpha > 0)) {
            throw new IllegalArgumentException(
                    "alpha must be above 0 at every time of the grid for this method, but at " + t + " it is " + alpha);
        }
        return alpha;
    }
}
