package org.scorebook.mutants;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;

/** What trees look like. */
final class Shapes {
    private Shapes() {}

    /** The name of the method that is called. */
    static String name(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : call.getMethodSelect().toString();
    }

    /** What the method is called on, as it is written; nothing without one. */
    static ExpressionTree receiver(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree select ? select.getExpression() : null;
    }

    /** Whether it is a call of a method of Math. */
    static boolean isMath(MethodInvocationTree call) {
        return receiver(call) != null && receiver(call).toString().equals("Math");
    }

    static boolean isNumber(Tree tree, double value) {
        return tree instanceof LiteralTree literal
                && literal.getValue() instanceof Number number
                && number.doubleValue() == value;
    }

    static boolean isSame(Tree a, Tree b) {
        return a.toString().equals(b.toString());
    }

    /** Whether a tree is a variable that is assigned or counted there, not only read. */
    static boolean isWritten(TreePath path) {
        Tree parent = path.getParentPath().getLeaf();
        Tree tree = path.getLeaf();
        return parent instanceof AssignmentTree assignment && assignment.getVariable() == tree
                || parent instanceof CompoundAssignmentTree compound && compound.getVariable() == tree
                || parent instanceof VariableTree
                || parent instanceof UnaryTree unary
                        && switch (unary.getKind()) {
                            case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT -> true;
                            default -> false;
                        };
    }

    /** Where the operator of a binary expression stands: after the left side. */
    static int operator(Answer answer, BinaryTree binary, String sign) {
        return answer.source().indexOf(sign, answer.end(binary.getLeftOperand()));
    }
}
