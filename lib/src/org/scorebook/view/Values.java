package org.scorebook.view;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.scorebook.base.Require;

/** Numbers and small arrays as text. */
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

    /** A whole number as it is, another to three digits. */
    static String of(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return String.valueOf((long) value);
        }
        return String.format(Locale.ROOT, "%.3g", value).replaceAll("(?:(\\.\\d*[1-9])|\\.)0+(?=e|$)", "$1");
    }

    static String meanAndSpread(double... runs) {
        if (Require.given("runs", runs).length < 2 || !Arrays.stream(runs).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "runs must be at least 2 finite numbers, but are " + Arrays.toString(runs));
        }
        double mean = Arrays.stream(runs).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(runs).map(run -> (run - mean) * (run - mean)).sum() / (runs.length - 1));
        if (deviation <= 1e-12 * Math.abs(mean)) { // alike but for rounding
            return of(mean) + " ± 0";
        }
        int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(deviation)));
        return String.format(Locale.ROOT, "%." + decimals + "f ± %." + decimals + "f", mean, deviation);
    }
}
