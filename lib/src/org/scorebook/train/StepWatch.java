package org.scorebook.train;

import java.util.Optional;

/** Looks at each step of a training, and says when the training should not go on. */
@FunctionalInterface
public interface StepWatch {
    /**
     * Sees a step that was taken.
     *
     * @param step number of the step, from 1, for the sentence
     * @param energyGap {@code mean E(x+) - mean E(x-)} in nats, see {@link ContrastiveTerm#gap}; 0 for a loss without chains
     * @param gradientNorm of all parameters together, before clipping, see {@link org.scorebook.optim.AdamW#step}
     * @return one sentence that says what is wrong; empty while all is well
     */
    Optional<String> see(long step, double energyGap, double gradientNorm);
}
