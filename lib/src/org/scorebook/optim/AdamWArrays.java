package org.scorebook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;
import org.scorebook.aten.NativeProgram;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/** What {@link AdamW} changes: parameters, their average, and moments; by the names that its programs know them by. */
final class AdamWArrays {
    private final NDManager manager;
    private final List<NDArray> parameters;
    private final NDList values = new NDList();
    private final NDList moments = new NDList();
    private final NDList averages = new NDList();
    private final NDArray halted;

    AdamWArrays(NDManager manager, List<NDArray> parameters) {
        this.manager = manager;
        if (Require.given("parameters", parameters).isEmpty()) {
            throw new IllegalArgumentException("parameters must have at least one array, but is empty");
        }
        for (int i = 0; i < parameters.size(); i++) {
            requireTracked("parameters.get(" + i + ")", parameters.get(i));
        }
        this.parameters = List.copyOf(parameters);
        parameters.forEach(p -> values.add(kept("p[]", p)));
        parameters.forEach(p -> moments.add(zeros("m[]", p.getShape(), p.getDataType())));
        parameters.forEach(p -> moments.add(zeros("v[]", p.getShape(), p.getDataType())));
        parameters.forEach(p -> moments.add(zeros("k[]", new Shape(), DataType.FLOAT32)));
        halted = zeros("h", new Shape(), DataType.FLOAT32);
    }

    private static void requireTracked(String name, NDArray parameter) {
        if (!Autograd.isTracked(ArrayChecks.floating(name, parameter))) {
            throw new IllegalArgumentException(
                    name + " must be tracked, but is not: " + name + ".setRequiresGradient(true) makes it so");
        }
    }

    /** The same memory, untracked: autograd refuses changes in place to a tracked leaf. */
    private NDArray kept(String name, NDArray array) {
        NDArray alias = NativeProgram.named(name, array);
        alias.attach(manager);
        return alias;
    }

    private NDArray zeros(String name, Shape shape, DataType type) {
        NDArray zeros = manager.zeros(shape, type);
        zeros.setName(name);
        return zeros;
    }

    void average(List<NDArray> arrays) {
        requireAsMany("arrays", arrays);
        for (int i = 0; i < arrays.size(); i++) {
            String at = ".get(" + i + ")";
            NDArray parameter = parameters.get(i);
            ArrayChecks.fitting("arrays" + at, arrays.get(i), parameter.getShape(), "parameters" + at, parameter);
        }
        averages.clear();
        arrays.forEach(a -> averages.add(kept("a[]", a)));
    }

    boolean haveAverage() {
        return !averages.isEmpty();
    }

    boolean areOnGpu() {
        return values.get(0).getDevice().isGpu();
    }

    /** What a step by gradients begins with. */
    NDList with(NDList gradients) {
        NDList all = new NDList(values);
        all.addAll(gradients);
        all.addAll(moments);
        all.addAll(averages);
        return all;
    }

    /** What a step with a loss begins with. */
    NDList withHalted() {
        NDList all = with(new NDList());
        all.add(halted);
        return all;
    }

    /** Lets steps be taken again after one that was not. */
    void goOn() {
        try (NDArray zero = manager.zeros(new Shape())) {
            Torch.copy(zero, halted);
        }
    }

    /** The gradients, in arrays that belong to the manager. */
    NDList gradients(NDManager arrays) {
        NDList gradients = new NDList();
        for (NDArray p : parameters) {
            NDArray gradient = p.getGradient();
            gradient.attach(arrays);
            gradient.setName("g[]");
            gradients.add(gradient);
        }
        return gradients;
    }

    Map<String, NDArray> state(List<String> names) {
        requireAsMany("names", names);
        Map<String, NDArray> state = new LinkedHashMap<>();
        int n = parameters.size();
        for (int i = 0; i < n; i++) {
            state.put("exp_avg." + names.get(i), moments.get(i));
            state.put("exp_avg_sq." + names.get(i), moments.get(n + i));
            state.put("step." + names.get(i), moments.get(2 * n + i));
        }
        return state;
    }

    /** @return how many steps those arrays have behind them */
    long restore(Map<String, NDArray> saved, List<String> names) {
        Map<String, NDArray> state = state(names);
        if (!Require.given("saved", saved).keySet().equals(state.keySet())) {
            throw new IllegalArgumentException("saved must have the " + state.size() + " arrays of " + names.size()
                    + " parameters, but has " + saved.size() + ", not all of them or others");
        }
        state.forEach((name, array) -> requireFit(name, saved.get(name), array.getShape()));
        state.forEach((name, array) -> Torch.copy(saved.get(name), array));
        NDArray steps = moments.get(2 * parameters.size());
        return (long) steps.toType(DataType.FLOAT32, true).getFloat();
    }

    private void requireAsMany(String name, List<?> given) {
        if (Require.given(name, given).size() != parameters.size()) {
            throw new IllegalArgumentException(
                    name + " must be as many as the " + parameters.size() + " parameters, but are " + given.size());
        }
    }

    private static void requireFit(String name, NDArray array, Shape shape) {
        if (!array.getShape().equals(shape)) {
            throw new IllegalArgumentException(name + " must have shape " + shape + ", but has " + array.getShape());
        }
        try (NDArray negative = array.lt(0);
                NDArray any = negative.any()) {
            if (!name.startsWith("exp_avg.") && any.getBoolean()) {
                throw new IllegalArgumentException(name + " must not be negative, but has an element that is");
            }
        }
    }
}
