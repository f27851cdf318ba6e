package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import org.scorebook.score.EnergyFunction;

/** The loss of one batch, as a function of the energy. */
@FunctionalInterface
public interface EnergyTerm {
    /**
     * @param energy while it is trained, a gradient collector is open
     * @return a scalar
     */
    NDArray of(EnergyFunction energy);
}
