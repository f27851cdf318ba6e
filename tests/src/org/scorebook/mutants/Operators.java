package org.scorebook.mutants;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/** Multiplies for dividing, divides for multiplying, turns a quotient round. */
final class Operators implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        switch (tree.getKind()) {
            case MULTIPLY -> operator(edits, (BinaryTree) tree, "*", "/");
            case DIVIDE -> {
                operator(edits, (BinaryTree) tree, "/", "*");
                turn(edits, (BinaryTree) tree);
            }
            case MULTIPLY_ASSIGNMENT -> {
                CompoundAssignmentTree assign = (CompoundAssignmentTree) tree;
                String text = edits.text(assign.getVariable()) + " /= " + edits.text(assign.getExpression());
                edits.replace(Kind.OPERATOR, tree, text);
            }
            case METHOD_INVOCATION -> call(edits, (MethodInvocationTree) tree);
            default -> {}
        }
    }

    private static void operator(Edits edits, BinaryTree tree, String sign, String other) {
        int at = Shapes.operator(edits.answer(), tree, sign);
        edits.replace(Kind.OPERATOR, at, at + 1, other);
    }

    private static void turn(Edits edits, BinaryTree tree) {
        String left = edits.text(tree.getLeftOperand());
        edits.replace(Kind.ORDER, tree, "(" + edits.text(tree.getRightOperand()) + " / (" + left + "))");
    }

    private static void call(Edits edits, MethodInvocationTree tree) {
        switch (Shapes.name(tree)) {
            case "mul" -> Functions.rename(Kind.OPERATOR, edits, tree, "div");
            case "div" -> Functions.rename(Kind.OPERATOR, edits, tree, "mul");
            default -> {}
        }
    }
}
