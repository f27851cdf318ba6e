package org.scorebook.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** DJL's internal operations on a traced array, of which layers use some. */
final class TracedOperations {
    private TracedOperations() {}

    static NDArrayEx of(TracedArray array) {
        return (NDArrayEx) Proxy.newProxyInstance(
                NDArrayEx.class.getClassLoader(),
                new Class<?>[] {NDArrayEx.class},
                (proxy, method, arguments) -> write(array, method, arguments));
    }

    private static Object write(TracedArray array, Method method, Object... arguments) {
        return switch (method.getName()) {
            case "getArray" -> array;
            case "relu" ->
                array.value(
                        "torch.relu(", ")", in -> in.get(0).getNDArrayInternal().relu());
            case "linear" ->
                new NDList(array.value(
                        "torch.linear(",
                        ")",
                        in -> in.get(0)
                                .getNDArrayInternal()
                                .linear(in.get(0), in.get(1), in.size() < 3 ? null : in.get(2))
                                .singletonOrThrow(),
                        given(arguments[1], arguments[2])));
            case "dropout" -> dropout(array, (float) arguments[1], (boolean) arguments[2]);
            case "concat" -> joined(array, "torch.cat([", (NDList) arguments[0], (int) arguments[1], true);
            case "stack" -> joined(array, "torch.stack([", (NDList) arguments[0], (int) arguments[1], false);
            default -> throw new Untraceable("the operation " + method.getName() + " cannot be written down");
        };
    }

    private static NDArray[] given(Object weight, Object bias) {
        return bias == null ? new NDArray[] {(NDArray) weight} : new NDArray[] {(NDArray) weight, (NDArray) bias};
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
