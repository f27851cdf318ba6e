package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
