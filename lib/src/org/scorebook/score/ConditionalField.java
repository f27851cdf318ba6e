package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** A vector field that may be told of what class each point is. */
public interface ConditionalField extends VectorField {
    /** How many classes there are, labelled from 0. The label {@code classes()} means that no class is told. */
    int classes();

    /**
     * The field at points of classes. Labels that stay the same over many evaluations are better handed to {@link #given}.
     *
     * @param x points of shape (B, ...)
     * @param t their times, of shape (B) or (1)
     * @param labels int64, of shape (B), or (1) for all the same, from 0 to {@link #classes}
     * @return of the shape of x
     */
    NDArray at(NDArray x, NDArray t, NDArray labels);

    /** With its times moved: {@code at(x, t + shift, labels)}, see {@link VectorField#shifted}. */
    @Override
    default ConditionalField shifted(double shift) {
        ConditionalField unmoved = this;
        return new ConditionalField() {
            @Override
            public int classes() {
                return unmoved.classes();
            }

            @Override
            public NDArray at(NDArray x, NDArray t) {
                return unmoved.at(x, t.add(shift));
            }

            @Override
            public NDArray at(NDArray x, NDArray t, NDArray labels) {
                return unmoved.at(x, t.add(shift), labels);
            }
        };
    }

    /** Without a class. */
    @Override
    default NDArray at(NDArray x, NDArray t) {
        return at(x, t, x.getManager().full(new Shape(1), classes(), DataType.INT64));
    }

    /**
     * The field of points with these labels, whose numbers are checked here and not at each evaluation.
     *
     * @param labels int64, of shape (B), or (1) for all the same, from 0 to {@link #classes}
     * @throws IllegalArgumentException if a label is no class
     */
    default VectorField given(NDArray labels) {
        Labels.require(labels, classes());
        return (x, t) -> at(x, t, labels);
    }
}
