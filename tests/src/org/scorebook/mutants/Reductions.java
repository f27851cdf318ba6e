package org.scorebook.mutants;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/** Takes a mean for a sum and a sum for a mean, of streams and of arrays. */
final class Reductions implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        if (tree.getKind() == Tree.Kind.DIVIDE
                && isLength(((BinaryTree) tree).getRightOperand().toString())) {
            edits.replace(Kind.MEAN, tree, edits.text(((BinaryTree) tree).getLeftOperand()));
        } else if (tree instanceof MethodInvocationTree call) {
            call(edits, call);
        }
    }

    private static void call(Edits edits, MethodInvocationTree call) {
        switch (Shapes.name(call)) {
            case "sum" -> {
                Functions.rename(Kind.MEAN, edits, call, "mean");
                edits.replace(Kind.MEAN, call, edits.text(Shapes.receiver(call)) + ".average().getAsDouble()");
            }
            case "mean" -> Functions.rename(Kind.MEAN, edits, call, "sum");
            case "average" ->
                edits.replace(
                        Kind.MEAN,
                        call,
                        "Arrays.stream(" + edits.text(call.getArguments().get(0)) + ").sum()");
            case "div" -> {
                if (isLength(call.getArguments().get(0).toString())) {
                    edits.replace(Kind.MEAN, call, edits.text(Shapes.receiver(call)));
                }
            }
            default -> {}
        }
    }

    private static boolean isLength(String text) {
        return text.contains(".length");
    }
}
