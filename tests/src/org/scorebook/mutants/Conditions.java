package org.scorebook.mutants;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/** Turns conditions round, and takes always the same branch. */
final class Conditions implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        if (tree instanceof ConditionalExpressionTree choice) {
            edits.replace(Kind.CONDITION, tree, "(" + edits.text(choice.getTrueExpression()) + ")");
            edits.replace(Kind.CONDITION, tree, "(" + edits.text(choice.getFalseExpression()) + ")");
        } else if (tree instanceof IfTree choice) {
            String condition = edits.text(choice.getCondition());
            edits.replace(Kind.CONDITION, choice.getCondition(), "(!" + condition + ")");
            edits.replace(Kind.CONDITION, choice.getCondition(), "(false && " + condition + ")");
            edits.replace(Kind.CONDITION, choice.getCondition(), "(true || " + condition + ")");
        } else if (tree instanceof BinaryTree comparison) {
            comparison(edits, comparison);
        }
    }

    private static void comparison(Edits edits, BinaryTree tree) {
        switch (tree.getKind()) {
            case LESS_THAN -> turn(edits, tree, "<", ">");
            case GREATER_THAN -> turn(edits, tree, ">", "<");
            case LESS_THAN_EQUAL -> turn(edits, tree, "<=", ">=");
            case GREATER_THAN_EQUAL -> turn(edits, tree, ">=", "<=");
            case EQUAL_TO -> turn(edits, tree, "==", "!=");
            default -> {}
        }
    }

    private static void turn(Edits edits, BinaryTree tree, String sign, String other) {
        int at = Shapes.operator(edits.answer(), tree, sign);
        edits.replace(Kind.CONDITION, at, at + sign.length(), other);
    }
}
