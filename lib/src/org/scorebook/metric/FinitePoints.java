package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.scorebook.base.Require;

/** Arrays as samples: finite points as rows. */
final class FinitePoints {
    private FinitePoints() {}

    /** Both must be finite and of shape (B, D), with one D and at least {@code least} rows each. */
    static void requirePair(NDArray a, NDArray b, int least) {
        requirePair("a", a, "b", b, least);
    }

    static void requirePair(String firstName, NDArray first, String secondName, NDArray second, int least) {
        requireRows(firstName, first, least);
        requireRows(secondName, second, least);
        if (first.getShape().get(1) != second.getShape().get(1)) {
            throw new IllegalArgumentException(
                    firstName + " and " + secondName + " must have one number of columns, but have shapes "
                            + first.getShape() + " and " + second.getShape());
        }
    }

    static void requireRows(String name, NDArray array, int least) {
        Shape shape = Require.given(name, array).getShape();
        if (shape.dimension() != 2 || shape.get(0) < least || shape.get(1) < 1) {
            throw new IllegalArgumentException(
                    name + " must have shape (B, D) with B at least " + least + ", but has " + shape);
        }
        try (NDManager manager = array.getManager().newSubManager()) {
            double largest = float64(array, manager).abs().max().getDouble();
            if (!Double.isFinite(largest)) {
                throw new IllegalArgumentException(
                        name + " must be finite, but its largest absolute value is " + largest);
            }
        }
    }

    /** A copy in float64 that the manager owns, and with it all that is computed from the copy. */
    static NDArray float64(NDArray array, NDManager manager) {
        NDArray copy = array.toType(DataType.FLOAT64, true);
        copy.attach(manager);
        return copy;
    }
}
