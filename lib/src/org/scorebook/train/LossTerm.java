package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import org.scorebook.score.VectorField;

/** The loss of one batch, as a function of the network. */
@FunctionalInterface
public interface LossTerm {
    /**
     * @param field the network; while it is trained, a gradient collector is open
     * @return a scalar
     */
    NDArray of(VectorField field);
}
