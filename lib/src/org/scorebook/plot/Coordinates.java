package org.scorebook.plot;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.scorebook.base.Require;

/** Rows of coordinates in float32, from the other forms in which they come. */
final class Coordinates {
    private Coordinates() {}

    /** From an array of shape (n, 2), which stays open. */
    static float[][] of(NDArray array) {
        if (Require.given("rows", array).getShape().dimension() != 2
                || array.getShape().get(1) != 2) {
            throw new IllegalArgumentException("points must have shape (n, 2), but have " + array.getShape());
        }
        try (NDArray narrow = array.toType(DataType.FLOAT32, true)) {
            float[] flat = narrow.toFloatArray();
            float[][] rows = new float[flat.length / 2][];
            Arrays.setAll(rows, k -> new float[] {flat[2 * k], flat[2 * k + 1]});
            return rows;
        }
    }

    static float[][] of(double[][] wide) {
        float[][] rows = new float[wide.length][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = new float[wide[k].length];
            for (int i = 0; i < rows[k].length; i++) {
                rows[k][i] = (float) wide[k][i];
            }
        }
        return rows;
    }

    /** Refuses rows that are not two finite coordinates. */
    static void requirePoint(String name, String place, float[] row) {
        if (row.length != 2) {
            throw new IllegalArgumentException(
                    name + " must have rows of 2 coordinates, but " + place + " has " + row.length);
        }
        if (!Float.isFinite(row[0]) || !Float.isFinite(row[1])) {
            throw new IllegalArgumentException(
                    name + " must be finite, but " + place + " is (" + row[0] + ", " + row[1] + ")");
        }
    }
}
