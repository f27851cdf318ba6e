package org.scorebook.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DJL's internal operations on a traced array, of which layers use some. */
final class TracedOperations {
    @FunctionalInterface
    private interface Operation {
        Object write(TracedArray array, Object... arguments);
    }

    private static final Map<String, Operation> OPERATIONS = Map.of(
            "getArray", (array, given) -> array,
            "relu", (array, given) -> relu(array),
            "linear", (array, given) -> linear(array, given[1], given[2]),
            "avgPool", (array, given) -> means(array, given),
            "dropout", (array, given) -> dropout(array, (float) given[1], (boolean) given[2]),
            "concat", (array, given) -> joined(array, "torch.cat([", (NDList) given[0], (int) given[1], true),
            "stack", (array, given) -> joined(array, "torch.stack([", (NDList) given[0], (int) given[1], false));

    private TracedOperations() {}

    static NDArrayEx of(TracedArray array) {
        return (NDArrayEx) Proxy.newProxyInstance(
                NDArrayEx.class.getClassLoader(),
                new Class<?>[] {NDArrayEx.class},
                (proxy, method, arguments) -> write(array, method, arguments));
    }

    private static Object write(TracedArray array, Method method, Object... arguments) {
        Operation operation = OPERATIONS.get(method.getName());
        if (operation == null) {
            throw new Untraceable("the operation " + method.getName() + " cannot be written down");
        }
        return operation.write(array, arguments);
    }

    private static NDArray relu(TracedArray x) {
        return x.value("torch.relu(", ")", in -> in.get(0).getNDArrayInternal().relu());
    }

    private static NDList linear(TracedArray x, Object weight, Object bias) {
        return new NDList(x.value(
                "torch.linear(",
                ")",
                in -> in.get(0)
                        .getNDArrayInternal()
                        .linear(in.get(0), in.get(1), in.size() < 3 ? null : in.get(2))
                        .singletonOrThrow(),
                given(weight, bias)));
    }

    private static NDArray[] given(Object weight, Object bias) {
        return bias == null ? new NDArray[] {(NDArray) weight} : new NDArray[] {(NDArray) weight, (NDArray) bias};
    }

    private static NDArray means(TracedArray x, Object... given) {
        Shape window = (Shape) given[0];
        Shape stride = (Shape) given[1];
        Shape border = (Shape) given[2];
        boolean ceiling = (boolean) given[3];
        boolean counted = (boolean) given[4]; // whether the border's zeros are part of a mean
        String close = Stream.of(window, stride, border)
                .map(shape -> ", " + TracedArray.list(shape.getShape()))
                .collect(Collectors.joining(
                        "", "", (ceiling ? ", True" : ", False") + (counted ? ", True)" : ", False)")));
        return x.value("torch.avg_pool2d(", close, in -> in.get(0)
                .getNDArrayInternal()
                .avgPool(window, stride, border, ceiling, counted));
    }

    /** The float's own digits in float64, as DJL passes them. */
    private static NDList dropout(TracedArray x, float rate, boolean training) {
        String close = ", " + (double) rate + ", " + (training ? "True" : "False") + ")";
        return new NDList(x.value("torch.dropout(", close, in -> in.get(0).duplicate()));
    }

    private static NDArray joined(TracedArray first, String open, NDList others, int axis, boolean concat) {
        NDArray[] rest = others.toArray(new NDArray[0]);
        return first.value(
                open,
                "], " + axis + ")",
                in -> join(in.get(0), new NDList(List.copyOf(in).subList(1, in.size())), axis, concat),
                rest);
    }

    private static NDArray join(NDArray first, NDList rest, int axis, boolean concat) {
        NDArrayEx operations = first.getNDArrayInternal();
        return concat ? operations.concat(rest, axis) : operations.stack(rest, axis);
    }
}
