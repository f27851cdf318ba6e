package org.scorebook.graph;

import java.util.stream.Collectors;
import org.scorebook.graph.ComputationGraph.Node;

/** What is seen in a drawn graph, in words, for those who cannot see it. */
final class GraphText {
    private GraphText() {}

    /** A graph's nodes in order, each with its value and what it is made from, and the gradients. */
    static String of(ComputationGraph graph) {
        return "Computation graph: "
                + graph.nodes().stream().map(node -> node(graph, node)).collect(Collectors.joining("; "));
    }

    private static String node(ComputationGraph graph, Node node) {
        String gradient = graph.gradient(node);
        return (node.leaf() ? "leaf " : "") + node.label() + ", value " + node.value()
                + (node.leaf() ? "" : ", from " + inputs(graph, node))
                + (node.tracked() ? "" : ", not tracked")
                + (gradient.isEmpty() ? "" : ", gradient " + gradient);
    }

    private static String inputs(ComputationGraph graph, Node node) {
        return node.inputs().stream().map(graph::find).map(Node::label).collect(Collectors.joining(" and "));
    }
}
