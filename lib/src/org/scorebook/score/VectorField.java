package org.scorebook.score;

import ai.djl.ndarray.NDArray;

/**
 * A function of points and their times with values of the shape of the points: a neural network that is trained, or an
 * exact formula that it is trained towards.
 */
@FunctionalInterface
public interface VectorField {
    /**
     * @param x points of shape (B, ...)
     * @param t their times, of shape (B), or (1) for all the same; a field that does not change with time ignores them
     * @return of the shape of x
     */
    NDArray at(NDArray x, NDArray t);

    /**
     * This field with its times moved, {@code at(x, t + shift)}: a network that was trained elsewhere on the steps 0 to T - 1,
     * which here are 1 to T, is used as {@code field.shifted(-1)}.
     */
    default VectorField shifted(double shift) {
        return (x, t) -> at(x, t.add(shift));
    }
}
