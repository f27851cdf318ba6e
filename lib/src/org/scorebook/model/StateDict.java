package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.scorebook.aten.Torch;

/** A network's arrays by name. */
final class StateDict {
    private StateDict() {}

    /** All that the network is made of, in the block's order: parameters, and buffers, which are not trained. */
    static Map<String, NDArray> of(Block block) {
        return of(block, parameter -> true);
    }

    /** The parameters that are trained, in the block's order. */
    static Map<String, NDArray> trained(Block block) {
        return of(block, Parameter::requiresGradient);
    }

    private static Map<String, NDArray> of(Block block, Predicate<Parameter> wanted) {
        Map<String, NDArray> found = new LinkedHashMap<>();
        collect("", block, wanted, found);
        return Collections.unmodifiableMap(found);
    }

    private static void collect(String prefix, Block block, Predicate<Parameter> wanted, Map<String, NDArray> found) {
        for (Pair<String, Parameter> direct : block.getDirectParameters()) {
            if (wanted.test(direct.getValue())) {
                found.put(prefix + direct.getKey(), direct.getValue().getArray());
            }
        }
        int number = 0;
        for (Pair<String, Block> child : block.getChildren()) {
            collect(prefix + childName(child.getKey(), ++number) + ".", child.getValue(), wanted, found);
        }
    }

    /** The name that a child was given: DJL puts its number, from 1, before it. */
    static String childName(String key, int number) {
        return key.substring(String.format("%02d", number).length());
    }

    static void copy(Map<String, NDArray> values, Map<String, NDArray> parameters) {
        TreeSet<String> missing = new TreeSet<>(parameters.keySet());
        missing.removeAll(values.keySet());
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(parameters.keySet());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("values must have the network's " + parameters.size()
                    + " parameters, but lack " + some(missing) + " and have besides " + some(unknown));
        }
        parameters.forEach((name, p) -> {
            if (!values.get(name).getShape().equals(p.getShape())) {
                throw new IllegalArgumentException("values must have for " + name + " an array of shape " + p.getShape()
                        + ", but have one of " + values.get(name).getShape());
            }
        });
        parameters.forEach((name, p) -> Torch.copy(values.get(name), p));
    }

    private static String some(TreeSet<String> names) {
        return switch (names.size()) {
            case 0 -> "none";
            case 1 -> names.first();
            default -> names.first() + " and " + (names.size() - 1) + " more";
        };
    }
}
