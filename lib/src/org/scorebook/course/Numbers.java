package org.scorebook.course;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * The numbers of an answer, be it a number, an array of Java or of the engine.
 *
 * @param values row by row
 * @param shape empty for a single number
 */
record Numbers(double[] values, long[] shape) {
    /** Not numbers; the message says what came, as the end of a sentence. */
    static final class None extends Exception {
        private static final long serialVersionUID = 1;

        None(String message) {
            super(message);
        }
    }

    static Numbers of(Object answer) throws None {
        if (answer instanceof Numbers numbers) {
            return numbers;
        }
        if (answer instanceof Number number) {
            return new Numbers(new double[] {number.doubleValue()}, new long[0]);
        }
        if (answer instanceof double[] values) {
            return new Numbers(values.clone(), new long[] {values.length});
        }
        if (answer instanceof NDArray array) {
            try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
                return new Numbers(wide.toDoubleArray(), array.getShape().getShape());
            }
        }
        if (answer != null && answer.getClass().isArray()) {
            return ofArray(answer);
        }
        throw new None("came " + described(answer));
    }

    private static Numbers ofArray(Object array) throws None {
        int length = Array.getLength(array);
        Numbers[] parts = new Numbers[length];
        for (int i = 0; i < length; i++) {
            parts[i] = of(Array.get(array, i));
            if (!Arrays.equals(parts[i].shape, parts[0].shape)) {
                throw new None("came an array whose rows differ in length");
            }
        }
        long[] inner = length == 0 ? new long[0] : parts[0].shape;
        long[] shape = new long[inner.length + 1];
        shape[0] = length;
        System.arraycopy(inner, 0, shape, 1, inner.length);
        double[] values = Arrays.stream(parts)
                .flatMapToDouble(part -> Arrays.stream(part.values))
                .toArray();
        return new Numbers(values, shape);
    }

    private static String described(Object answer) {
        if (answer == null) {
            return "null";
        }
        String type = answer.getClass().getSimpleName();
        return (type.isEmpty() ? "a function" : "a value of type " + type);
    }

    int size() {
        return values.length;
    }

    boolean hasShapeOf(Numbers other) {
        return Arrays.equals(shape, other.shape);
    }

    boolean areFinite() {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    Numbers map(DoubleUnaryOperator change) {
        return new Numbers(Arrays.stream(values).map(change).toArray(), shape);
    }

    Numbers reversed() {
        double[] turned = new double[values.length];
        Arrays.setAll(turned, i -> values[values.length - 1 - i]);
        return new Numbers(turned, shape);
    }

    /** Rows as columns; only of two axes. */
    Numbers transposed() {
        int rows = (int) shape[0];
        int columns = (int) shape[1];
        double[] turned = new double[values.length];
        Arrays.setAll(turned, i -> values[i % rows * columns + i / rows]);
        return new Numbers(turned, new long[] {columns, rows});
    }

    /** In words, such as {@code a number} or {@code numbers of shape (2, 3)}. */
    String kind() {
        return shape.length == 0 ? "a number" : shape.length == 1 ? elements(shape[0]) : "shape " + shapeText(shape);
    }

    private static String elements(long count) {
        return count + (count == 1 ? " element" : " elements");
    }

    static String shapeText(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    /** The place of an element, such as {@code [1][2]}; empty for a single number. */
    String place(int index) {
        StringBuilder place = new StringBuilder();
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place.insert(0, "[" + rest % shape[axis] + "]");
            rest /= (int) shape[axis];
        }
        return place.toString();
    }
}
