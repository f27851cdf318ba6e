package org.scorebook.optim;

import ai.djl.ndarray.NDList;

/** A loss and its gradients as a part of a program in TorchScript: what an optimizer's step needs. */
public interface LossProgram {
    /** Methods that {@link #body} calls. */
    String methods();

    /**
     * Lines that make the float64 scalar {@code loss}, the list {@code g} of its gradients by the arrays in {@code q}, which are
     * the parameters, and the list {@code results} of what else is asked for; of {@link #inputs} and of {@code o}, which is 0.
     */
    String body();

    /** For the arguments {@code c: Tensor, x: List[Tensor]}. */
    NDList inputs();

    /**
     * Told of a step that was taken.
     *
     * @param results what the list of this name had; closed afterwards
     */
    void taken(NDList results);
}
