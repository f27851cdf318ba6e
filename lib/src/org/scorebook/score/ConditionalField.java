package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** A vector field that may be told of what class each point is. */
public interface ConditionalField extends VectorField {
    /** How many classes there are, labelled from 0. The label {@code classes()} means that no class is told. */
    int classes();

    /**
     * @param x points of shape (B, ...)
     * @param t their times, of shape (B) or (1)
     * @param labels int64, of shape (B), or (1) for all the same
     * @return of the shape of x
     */
    NDArray at(NDArray x, NDArray t, NDArray labels);

    /** Without a class. */
    @Override
    default NDArray at(NDArray x, NDArray t) {
        return at(x, t, x.getManager().full(new Shape(1), classes(), DataType.INT64));
    }

    /** The field of points with these labels, of shape (B) or (1). */
    default VectorField given(NDArray labels) {
        return (x, t) -> at(x, t, labels);
    }
}
