package org.scorebook.mutants;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;

/** Flips signs: plus for minus in expressions, assignments and calls; a minus dropped; a difference turned round. */
final class Signs implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        switch (tree.getKind()) {
            case PLUS -> sign(edits, (BinaryTree) tree, "+", "-");
            case MINUS -> sign(edits, (BinaryTree) tree, "-", "+");
            case UNARY_MINUS -> edits.replace(Kind.SIGN, tree, edits.text(((UnaryTree) tree).getExpression()));
            case PLUS_ASSIGNMENT -> assign(edits, (CompoundAssignmentTree) tree, "+=", "-=");
            case MINUS_ASSIGNMENT -> assign(edits, (CompoundAssignmentTree) tree, "-=", "+=");
            case METHOD_INVOCATION -> call(edits, (MethodInvocationTree) tree);
            default -> {}
        }
    }

    private static void sign(Edits edits, BinaryTree tree, String sign, String other) {
        int at = Shapes.operator(edits.answer(), tree, sign);
        edits.replace(Kind.SIGN, at, at + 1, other);
        if (sign.equals("-")) {
            String left = edits.text(tree.getLeftOperand());
            edits.replace(Kind.SIGN, tree, "(" + edits.text(tree.getRightOperand()) + " - (" + left + "))");
        }
    }

    private static void assign(Edits edits, CompoundAssignmentTree tree, String sign, String other) {
        edits.replace(
                Kind.SIGN, tree, edits.text(tree.getVariable()) + " " + other + " " + edits.text(tree.getExpression()));
    }

    private static void call(Edits edits, MethodInvocationTree tree) {
        switch (Shapes.name(tree)) {
            case "add" -> Functions.rename(Kind.SIGN, edits, tree, "sub");
            case "sub" -> Functions.rename(Kind.SIGN, edits, tree, "add");
            case "neg" -> edits.replace(Kind.SIGN, tree, edits.text(Shapes.receiver(tree)));
            default -> {}
        }
    }
}
