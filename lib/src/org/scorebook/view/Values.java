package org.scorebook.view;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.scorebook.base.Require;

/** Small arrays as a line of text. */
final class Values {
    private static final int MANY = 1000;

    private Values() {}

    static String of(NDArray array) {
        if (Require.given("array", array).size() > MANY) {
            return "array of shape " + array.getShape();
        }
        if (array.getShape().dimension() == 0) {
            try (NDArray single = array.toType(DataType.FLOAT64, true)) {
                double value = single.getDouble();
                return array.getDataType().isFloating() ? Float.toString((float) value) : Long.toString((long) value);
            }
        }
        return LongStream.range(0, array.getShape().get(0))
                .mapToObj(i -> {
                    try (NDArray part = array.get(i)) {
                        return of(part);
                    }
                })
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
