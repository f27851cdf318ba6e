package org.scorebook.run;

import java.io.IOException;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.machine.StopSignal;
import org.scorebook.train.TrainingListener;

/** A training from its first step, or from its newest checkpoint, to its last. */
@FunctionalInterface
public interface Training {
    /**
     * Trains; returns early, after a checkpoint, when {@link StopSignal#isRaised} says so.
     *
     * @return whether all is done; false where something is left, for a process that goes on
     * @throws Exception whose message becomes the run's error
     */
    boolean run() throws Exception;

    /** Makes the training of a run. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param directory takes what the training writes
         * @param listener is told of each step
         */
        Training create(RunConfig config, RunDirectory directory, TrainingListener listener) throws IOException;
    }
}
