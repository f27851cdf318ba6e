package org.scorebook.sample;

/** What methods require of a step. */
final class Steps {
    private Steps() {}

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

    /** sigma at a time that a step starts from, where it is above 0. */
    static double sigma(Step step) {
        double sigma = step.schedule().sigma(step.time());
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("sigma must be above 0 at every time of the grid but the last for this"
                    + " method, but at " + step.time() + " it is " + sigma);
        }
        return sigma;
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
