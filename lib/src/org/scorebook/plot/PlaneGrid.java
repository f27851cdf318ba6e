package org.scorebook.plot;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.scorebook.base.Require;

/** The centres of a grid of square cells that covers a plane, in the order of their columns, each from below. */
record PlaneGrid(Axis horizontal, Axis vertical, int columns, int rows) {
    /** A grid with so many cells along the longer axis. */
    static PlaneGrid of(Axis horizontal, Axis vertical, int most) {
        double width = horizontal.to() - horizontal.from();
        double height = vertical.to() - vertical.from();
        double cell = Math.max(width, height) / most;
        return new PlaneGrid(horizontal, vertical, (int) Math.max(1, Math.round(width / cell)), (int)
                Math.max(1, Math.round(height / cell)));
    }

    double x(int column) {
        return horizontal.from() + (column + 0.5) * (horizontal.to() - horizontal.from()) / columns;
    }

    double y(int row) {
        return vertical.from() + (row + 0.5) * (vertical.to() - vertical.from()) / rows;
    }

    int size() {
        return columns * rows;
    }

    /**
     * Calls a function once, with all points as float32 rows of an array (n, 2).
     *
     * @param manager what is made under it is closed
     * @param shapes that the result may have
     */
    double[] evaluate(Function<NDArray, NDArray> function, NDManager manager, Shape... shapes) {
        Require.given("function", function);
        try (NDManager scope = Require.given("manager", manager).newSubManager()) {
            NDArray result = function.apply(scope.create(points(), new Shape(size(), 2)));
            List<Shape> allowed = Arrays.asList(shapes);
            if (!allowed.contains(result.getShape())) {
                throw new IllegalArgumentException("the function must return an array of shape " + allowed.get(0)
                        + " for points of shape (" + size() + ", 2), but returned " + result.getShape());
            }
            try (NDArray wide = result.toType(DataType.FLOAT64, true)) {
                return requireFinite(wide.toDoubleArray());
            }
        }
    }

    private float[] points() {
        float[] points = new float[2 * size()];
        for (int k = 0; k < size(); k++) {
            points[2 * k] = (float) x(k / rows);
            points[2 * k + 1] = (float) y(k % rows);
        }
        return points;
    }

    private double[] requireFinite(double[] values) {
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                int point = k / (values.length / size());
                throw new IllegalArgumentException("the function must be finite on the whole plane, but is " + values[k]
                        + " at (" + x(point / rows) + ", " + y(point % rows) + ")");
            }
        }
        return values;
    }
}
