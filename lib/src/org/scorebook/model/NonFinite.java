package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.util.Pair;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/** Where numbers of a network in training are infinite or NaN. */
public final class NonFinite {
    private static final int SHOWN = 3;

    private NonFinite() {}

    /**
     * What is known after a step whose loss or gradient is not finite, such as {@code the loss is NaN: gradients are not finite:
     * start.bias (1 of 2); the first value that is not finite is in the output of start}.
     *
     * @param loss of the step
     * @param network with the step's gradients
     * @param pass evaluates the network again as the step did; its gradients may change
     */
    public static String report(double loss, Network network, Runnable pass) {
        Require.given("pass", pass);
        List<String> parameters = names(network, parameter -> !Torch.isFinite(parameter));
        List<String> gradients = names(network, NonFinite::hasBadGradient);
        if (!parameters.isEmpty()) {
            return "the loss is " + loss + ": parameters are not finite: " + some(parameters, network);
        }
        String where = gradients.isEmpty()
                ? "all gradients are finite"
                : "gradients are not finite: " + some(gradients, network);
        return Double.isFinite(loss)
                ? "the loss is " + loss + ", but " + (gradients.isEmpty() ? "its gradient's norm overflows" : where)
                : "the loss is " + loss + ": " + where + "; " + first(network, pass);
    }

    private static boolean hasBadGradient(NDArray parameter) {
        try (NDArray gradient = parameter.getGradient()) { // a new handle at each call
            return gradient != null && !Torch.isFinite(gradient);
        }
    }

    private static List<String> names(Network network, Predicate<NDArray> isBad) {
        return IntStream.range(0, network.parameters().size())
                .filter(i -> isBad.test(network.parameters().get(i)))
                .mapToObj(network.parameterNames()::get)
                .toList();
    }

    private static String some(List<String> names, Network network) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return shown + (names.size() > SHOWN ? " and others" : "") + " (" + names.size() + " of "
                + network.parameters().size() + ")";
    }

    /** Where in the network the first value that is not finite arises, in words. */
    private static String first(Network network, Runnable pass) {
        Finder finder = new Finder(network.block());
        network.watched(finder, pass);
        return finder.found == null
                ? "all values within the network are finite"
                : "the first value that is not finite is " + finder.found;
    }

    /** Remembers the first array that is not finite: of a layer that is part of another before that of the other. */
    private static final class Finder implements Layer.Watch {
        private final Map<Block, String> names = new IdentityHashMap<>();
        private String found;

        Finder(Block network) {
            names.put(network, "the network");
            name("", network);
        }

        private void name(String prefix, Block block) {
            int number = 0;
            for (Pair<String, Block> child : block.getChildren()) {
                String name = prefix + StateDict.childName(child.getKey(), ++number);
                names.put(child.getValue(), name);
                name(name + ".", child.getValue());
            }
        }

        @Override
        public void see(Layer layer, boolean isInput, NDArray array) {
            if (found == null && !Torch.isFinite(array)) {
                found = (isInput ? "in the input of " : "in the output of ") + names.get(layer);
            }
        }
    }
}
