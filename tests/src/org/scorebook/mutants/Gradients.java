package org.scorebook.mutants;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/** Detaches what a gradient should flow through, and attaches what it should not. */
final class Gradients implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        if (tree instanceof MethodInvocationTree call) {
            call(edits, call);
        } else if (tree instanceof IdentifierTree name
                && edits.answer().type(name.toString()).equals("NDArray")
                && !isStopped(path.getParentPath().getLeaf())
                && edits.answer().source().contains("GradientCollector")) {
            edits.replace(Kind.GRADIENT, tree, name + ".stopGradient()");
        }
    }

    private static boolean isStopped(Tree parent) {
        return parent instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals("stopGradient");
    }

    private static void call(Edits edits, MethodInvocationTree call) {
        switch (Shapes.name(call)) {
            case "stopGradient" -> edits.replace(Kind.GRADIENT, call, edits.text(Shapes.receiver(call)));
            case "setRequiresGradient" -> {
                ExpressionTree wanted = call.getArguments().get(0);
                if (wanted instanceof LiteralTree) {
                    edits.replace(Kind.GRADIENT, wanted, "false");
                }
            }
            case "backward", "hessian" -> {
                ExpressionTree loss = call.getArguments().get(0);
                edits.replace(Kind.GRADIENT, loss, edits.text(loss) + ".stopGradient()");
            }
            default -> {}
        }
    }
}
