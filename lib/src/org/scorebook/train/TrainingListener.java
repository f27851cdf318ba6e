package org.scorebook.train;

/** Sees each step of a training: for progress and loss curves. */
@FunctionalInterface
public interface TrainingListener {
    /**
     * @param step from 1, that is done
     * @param loss of the step's batch
     */
    void step(long step, double loss);

    /**
     * Called before the first step, where there is something to say of the data or of a checkpoint.
     *
     * @param sentence one, or several
     */
    default void remark(String sentence) {}
}
