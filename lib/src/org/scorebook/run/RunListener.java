package org.scorebook.run;

import org.scorebook.train.TrainingListener;

/** Sees a run: each step of its training, and that it has to wait for its device before the first. */
@FunctionalInterface
public interface RunListener extends TrainingListener {
    /**
     * Called at most once, where another run trains on the device.
     *
     * @param device such as {@code cuda:0}
     */
    default void waits(String device) {}
}
