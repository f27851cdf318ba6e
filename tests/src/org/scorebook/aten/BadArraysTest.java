package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.optim.AdamW;

/**
 * Each function that calls TorchScript, with each of its arrays in other types and shapes, empty, and null: it computes, or says in one line which
 * array is wrong, what it is and what would be right.
 */
class BadArraysTest {
    private interface Call {
        Object of(NDArray... arrays);
    }

    /** @param names of the arrays, in the order of their shapes */
    private record Function(String names, Call call, long[]... shapes) {}

    private final List<Function> functions = List.of(
            new Function("x", a -> Functional.silu(a[0]), shape(2, 3)),
            new Function("x", a -> Functional.softplus(a[0]), shape(2, 3)),
            new Function("x", a -> Functional.logSumExp(a[0]), shape(2, 3)),
            new Function("x weight bias", a -> Functional.linear(a[0], a[1], a[2]), shape(2, 3), shape(4, 3), shape(4)),
            new Function("x", a -> Functional.upsample(a[0]), shape(1, 2, 3, 3)),
            new Function("x", a -> Functional.resize(a[0], 2, 5), shape(1, 2, 3, 3)),
            new Function("logits labels", BadArraysTest::crossEntropy, shape(2, 3), shape(2)),
            new Function(
                    "q k v",
                    a -> Functional.scaledDotProductAttention(a[0], a[1], a[2]),
                    shape(1, 2, 3, 4),
                    shape(1, 2, 3, 4),
                    shape(1, 2, 3, 4)),
            new Function(
                    "q k v",
                    a -> Functional.scaledDotProductAttention(a[0], a[1], a[2]),
                    shape(0, 2, 3, 4),
                    shape(0, 2, 3, 4),
                    shape(0, 2, 3, 4)),
            new Function(
                    "x weight bias groups",
                    a -> Functional.groupNorm(a[0], 2, a[1], a[2]),
                    shape(2, 4, 3, 3),
                    shape(4),
                    shape(4)),
            new Function(
                    "x weight bias",
                    a -> Convolution.conv2d(a[0], a[1], a[2], 1, 1),
                    shape(2, 3, 5, 5),
                    shape(4, 3, 3, 3),
                    shape(4)),
            new Function(
                    "x weight bias",
                    a -> Convolution.conv2d(a[0], a[1], a[2], 1, 0),
                    shape(2, 3, 3, 3),
                    shape(4, 3, 3, 3),
                    shape(4)),
            new Function(
                    "x weight bias",
                    a -> Convolution.transposed2d(a[0], a[1], a[2], 2, 1),
                    shape(2, 3, 5, 5),
                    shape(3, 4, 4, 4),
                    shape(4)),
            new Function("a", a -> Linalg.symmetric(a[0]), shape(3, 3)),
            new Function("a", a -> Linalg.singularValues(a[0]), shape(2, 3)),
            new Function(
                    "weight u v", a -> SpectralNorm.normalized(a[0], a[1], a[2]), shape(2, 3, 2), shape(2), shape(6)),
            new Function("weight u v", BadArraysTest::iterate, shape(2, 3, 2), shape(2), shape(6)),
            new Function("x", a -> Autograd.gradientAt(x -> x.mul(x), a[0]), shape(2, 3)),
            new Function("x", a -> Autograd.times(a[0], 2), shape(2, 3)),
            new Function("array", a -> Autograd.isTracked(a[0]), shape(2, 3)),
            new Function("array", a -> Torch.isFinite(a[0]), shape(2, 3)),
            new Function("values to", BadArraysTest::copy, shape(2, 3), shape(2, 3)),
            new Function("values to", BadArraysTest::copyRows, shape(1, 3), shape(2, 3)),
            new Function("parameters", this::adamW, shape(2, 3)),
            new Function("arrays parameters", this::averaging, shape(2, 3)));

    @Seeded(1)
    private NDManager manager;

    @Test
    void eachArrayIsUsedOrNamed() {
        List<String> unclear = new ArrayList<>();
        int tried = 0;
        for (Function function : functions) {
            for (int i = 0; i < function.shapes().length; i++) {
                for (Map.Entry<String, NDArray> other :
                        others(function.shapes()[i]).entrySet()) {
                    NDArray[] arrays =
                            Stream.of(function.shapes()).map(this::ones).toArray(NDArray[]::new);
                    arrays[i] = other.getValue();
                    fault(function, arrays, other.getKey()).ifPresent(unclear::add);
                    tried++;
                }
            }
        }
        assertTrue(tried > 600, tried + " cases");
        assertEquals("", String.join("\n", unclear));
    }

    private static Optional<String> fault(Function function, NDArray[] arrays, String bad) {
        try {
            function.call().of(arrays);
            return Optional.empty();
        } catch (IllegalArgumentException | NullPointerException e) {
            Pattern named = Pattern.compile("(" + function.names().replace(' ', '|') + ")\\b.* must .*");
            if (named.matcher(e.getMessage()).matches() && e.getMessage().contains(bad)) {
                return Optional.empty();
            }
            return Optional.of(function.names() + " with " + bad + ": " + e.getMessage());
        } catch (RuntimeException e) {
            return Optional.of(function.names() + " with " + bad + ": " + e);
        }
    }

    /** By what an error must contain: the type, or the shape, or that there is none. */
    private Map<String, NDArray> others(long... shape) {
        Map<String, NDArray> others = new LinkedHashMap<>();
        for (DataType type :
                new DataType[] {DataType.INT32, DataType.INT64, DataType.BOOLEAN, DataType.FLOAT64, DataType.UINT8}) {
            others.put(type.toString(), ones(shape).toType(type, true));
        }
        others.put("null", null);
        put(others, LongStream.concat(LongStream.of(shape), LongStream.of(1)).toArray());
        put(others);
        for (int d = 0; d < shape.length; d++) {
            for (long size : new long[] {0, 1, shape[d] + 1}) {
                long[] changed = shape.clone();
                changed[d] = size;
                put(others, changed);
            }
        }
        if (shape.length > 0) {
            put(others, Arrays.copyOf(shape, shape.length - 1));
        }
        return others;
    }

    private void put(Map<String, NDArray> others, long... shape) {
        others.put(new Shape(shape).toString(), ones(shape));
    }

    private NDArray ones(long... shape) {
        return manager.ones(new Shape(shape));
    }

    private static long[] shape(long... shape) {
        return shape;
    }

    /** Labels have their own type. */
    private static Object crossEntropy(NDArray... a) {
        boolean changed = a[1] == null || a[1].getDataType() != DataType.FLOAT32;
        return Functional.crossEntropy(a[0], changed ? a[1] : a[1].zerosLike().toType(DataType.INT64, true));
    }

    private Object adamW(NDArray... a) {
        if (a[0] != null) {
            a[0].setRequiresGradient(a[0].getDataType().isFloating());
        }
        return new AdamW(manager, Arrays.asList(a), 0, 1);
    }

    private Object averaging(NDArray... a) {
        NDArray parameter = ones(2, 3);
        parameter.setRequiresGradient(true);
        return new AdamW(manager, List.of(parameter), 0, 1).averaging(Arrays.asList(a), 0.9);
    }

    private static Object iterate(NDArray... a) {
        SpectralNorm.iterate(a[0], a[1], a[2], 1);
        return a[1];
    }

    private static Object copy(NDArray... a) {
        Torch.copy(a[0], a[1]);
        return a[1];
    }

    private static Object copyRows(NDArray... a) {
        Torch.copyRows(a[0], a[1], 0);
        return a[1];
    }
}
