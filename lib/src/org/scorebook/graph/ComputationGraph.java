package org.scorebook.graph;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.Require;

/**
 * A computation as a graph: leaves on the left, each operation to the right of what it uses, the gradients that a backward
 * pass leaves under the nodes. Which nodes autograd tracks follows from the leaves, as it does in the engine: an operation
 * is tracked if one of its inputs is, and {@code detach} ends the tracking. Tracked nodes and edges are solid and blue, the
 * others dashed and grey.
 */
public final class ComputationGraph {
    /** What is drawn for one array. */
    record Node(String name, String label, String value, boolean leaf, boolean tracked, List<String> inputs) {}

    private final String title;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, String> gradients = new LinkedHashMap<>();
    private final Map<String, String> derivatives = new LinkedHashMap<>();

    /** @param title shown above the graph */
    public ComputationGraph(String title) {
        this.title = Require.given("title", title);
    }

    /** An array that is given, with its value and whether a gradient is asked for it. */
    public ComputationGraph leaf(String name, String value, boolean requiresGradient) {
        return add(new Node(name, name, value, true, requiresGradient, List.of()));
    }

    /** The result of an operation: its name, what is computed, its value, and the names of what it uses. */
    public ComputationGraph operation(String name, String label, String value, String... inputs) {
        return add(new Node(name, label, value, false, isAnyTracked(inputs), List.of(inputs)));
    }

    /** A copy that is cut off from the graph: {@code stopGradient} in DJL, {@code detach} in PyTorch. */
    public ComputationGraph detached(String name, String label, String value, String input) {
        isAnyTracked(input);
        return add(new Node(name, label, value, false, false, List.of(input)));
    }

    /** Writes the derivative of an operation with respect to one of its inputs at the arrow between them. */
    public ComputationGraph derivative(String input, String operation, String text) {
        if (!find(operation).inputs().contains(input)) {
            throw new IllegalArgumentException(input + " must be an input of " + operation + ", whose inputs are "
                    + find(operation).inputs());
        }
        derivatives.put(input + "→" + operation, text);
        return this;
    }

    /** Writes the gradient that a backward pass stored under a node. */
    public ComputationGraph gradient(String name, String text) {
        find(name);
        gradients.put(name, text);
        return this;
    }

    /** The graph, drawn. */
    public BufferedImage picture() {
        return new GraphDrawing(this).picture();
    }

    String title() {
        return title;
    }

    List<Node> nodes() {
        return new ArrayList<>(nodes.values());
    }

    Node find(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("name must be one of " + nodes.keySet() + ", but is " + name);
        }
        return node;
    }

    String gradient(Node node) {
        return gradients.getOrDefault(node.name(), "");
    }

    String derivative(String input, Node operation) {
        return derivatives.getOrDefault(input + "→" + operation.name(), "");
    }

    private boolean isAnyTracked(String... inputs) {
        boolean tracked = false;
        for (String input : inputs) {
            tracked |= find(input).tracked();
        }
        return tracked;
    }

    private ComputationGraph add(Node node) {
        if (nodes.putIfAbsent(node.name(), node) != null) {
            throw new IllegalArgumentException("name must be new, but " + node.name() + " is already in the graph");
        }
        return this;
    }
}
