package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.scorebook.base.Require;

/** Checks of arrays by what is known of them without waiting for a device: their types and shapes. Each returns the array. */
public final class ArrayChecks {
    private ArrayChecks() {}

    /** Numbers that formulas can be computed with: whole ones would be rounded at each step. */
    public static NDArray floating(String name, NDArray array) {
        Require.given(name, array);
        if (!array.getDataType().isFloating()) {
            throw new IllegalArgumentException(name + " must be float32 or float64, but is " + array.getDataType()
                    + ": " + name + ".toType(DataType.FLOAT32, false) converts it");
        }
        return array;
    }

    /** The type of a network's parameters. */
    public static NDArray type(String name, NDArray array, DataType wanted) {
        Require.given(name, array);
        if (array.getDataType() != wanted) {
            throw new IllegalArgumentException(name + " must be " + wanted
                    + ", as the network's parameters are, but is " + array.getDataType() + ": " + name
                    + ".toType(DataType." + wanted.name() + ", false) converts it");
        }
        return array;
    }

    /** The type of another array: formulas do not mix float32 and float64. */
    static NDArray sameType(String name, NDArray array, String otherName, NDArray other) {
        if (Require.given(name, array).getDataType() != other.getDataType()) {
            throw new IllegalArgumentException(name + " must be " + other.getDataType() + " as " + otherName
                    + " is, but is " + array.getDataType() + ": " + name + ".toType(DataType."
                    + other.getDataType().name() + ", false) converts it");
        }
        return array;
    }

    /**
     * Numbers for formulas in a shape such as {@code (B, C, H, W)}, or {@code (B, C, ...)} with any number of others. Only of
     * points, B, there may be none.
     */
    static Shape form(String name, NDArray array, String form) {
        Shape shape = floating(name, array).getShape();
        int written = form.split(",").length;
        boolean right = form.endsWith("...)") ? shape.dimension() >= written - 1 : shape.dimension() == written;
        int first = form.startsWith("(B") ? 1 : 0;
        if (!right || Arrays.stream(shape.getShape()).skip(first).anyMatch(size -> size == 0)) {
            throw new IllegalArgumentException(name + " must have shape " + form + ", none of them "
                    + (first == 1 ? "but B " : "") + "0, but has shape " + shape);
        }
        return shape;
    }

    /** One shape only, and another array's type, both of which that array gives. */
    public static void fitting(String name, NDArray array, Shape wanted, String otherName, NDArray other) {
        if (!sameType(name, array, otherName, other).getShape().equals(wanted)) {
            throw new IllegalArgumentException(name + " must have shape " + wanted + " for " + otherName + " of shape "
                    + other.getShape() + ", but has shape " + array.getShape());
        }
    }

    /** Points of shape (B, ...), at least one, each with at least one number. */
    public static NDArray points(String name, NDArray array) {
        Shape shape = Require.given(name, array).getShape();
        if (shape.dimension() == 0 || shape.size() == 0) {
            throw new IllegalArgumentException(
                    name + " must have shape (B, ...) with at least one point, but has shape " + shape);
        }
        return array;
    }

    /** What is given for points, each number for one of theirs: broadcasting would hide a wrong shape. */
    public static NDArray sameShape(String name, NDArray array, NDArray points) {
        if (!Require.given(name, array).getShape().equals(points.getShape())) {
            throw new IllegalArgumentException(name + " must have the shape of the points, " + points.getShape()
                    + ", but has " + array.getShape());
        }
        return array;
    }

    /** One number for each point, of shape (B). */
    public static NDArray onePerPoint(String name, NDArray array, NDArray points) {
        Shape wanted = new Shape(points.getShape().get(0));
        if (!Require.given(name, array).getShape().equals(wanted)) {
            throw new IllegalArgumentException(name + " must be one number for each point, of shape " + wanted
                    + ", but has shape " + array.getShape());
        }
        return array;
    }
}
