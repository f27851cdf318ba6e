package org.scorebook.folder;

import org.scorebook.base.Require;

/**
 * How far a training is.
 *
 * @param step optimiser steps done, from 0
 * @param totalSteps of the whole training
 * @param epoch passes over the training set done
 * @param imagesPerSecond lately, 0 while not known
 */
public record Progressed(long step, long totalSteps, int epoch, double imagesPerSecond) {
    /** Checks the numbers. */
    public Progressed {
        if (step < 0 || step > totalSteps) {
            throw new IllegalArgumentException("step must be from 0 to " + totalSteps + ", but is " + step);
        }
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch must be 0 or more, but is " + epoch);
        }
        Require.notNegative("imagesPerSecond", imagesPerSecond);
    }
}
