package org.scorebook.mutants;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/** Drops a factor of 2, and a division by 2. */
final class Factors implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        if (tree instanceof BinaryTree binary
                && (tree.getKind() == Tree.Kind.MULTIPLY || tree.getKind() == Tree.Kind.DIVIDE)) {
            if (Shapes.isNumber(binary.getRightOperand(), 2)) {
                edits.replace(Kind.FACTOR, tree, edits.text(binary.getLeftOperand()));
            } else if (Shapes.isNumber(binary.getLeftOperand(), 2) && tree.getKind() == Tree.Kind.MULTIPLY) {
                edits.replace(Kind.FACTOR, tree, edits.text(binary.getRightOperand()));
            }
        } else if (tree instanceof MethodInvocationTree call && isTimesTwo(call)) {
            ExpressionTree receiver = Shapes.receiver(call);
            edits.replace(Kind.FACTOR, tree, edits.text(receiver));
        }
    }

    private static boolean isTimesTwo(MethodInvocationTree call) {
        return (Shapes.name(call).equals("mul") || Shapes.name(call).equals("div"))
                && Shapes.isNumber(call.getArguments().get(0), 2);
    }
}
