package org.scorebook.mutants;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/** Drops roots and squares, and puts squares: sigma for sigma squared and the other way round. */
final class Powers implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        if (tree instanceof MethodInvocationTree call) {
            dropped(edits, call);
        } else if (tree.getKind() == Tree.Kind.MULTIPLY) {
            once(edits, (BinaryTree) tree);
        } else if (tree instanceof IdentifierTree name
                && edits.answer().type(name.toString()).equals("double")
                && !Shapes.isWritten(path)
                && isFactor(path.getParentPath().getLeaf(), tree)) {
            edits.replace(Kind.SQUARE, tree, "(" + name + " * " + name + ")");
        }
    }

    private static boolean isFactor(Tree parent, Tree tree) {
        return (parent.getKind() == Tree.Kind.MULTIPLY || parent.getKind() == Tree.Kind.DIVIDE)
                && !Shapes.isSame(((BinaryTree) parent).getLeftOperand(), ((BinaryTree) parent).getRightOperand());
    }

    private static void dropped(Edits edits, MethodInvocationTree call) {
        boolean math = Shapes.isMath(call);
        Tree base = math ? call.getArguments().get(0) : Shapes.receiver(call);
        String name = Shapes.name(call);
        if (name.equals("sqrt")) {
            edits.replace(Kind.ROOT, call, "(" + edits.text(base) + ")");
        } else if (name.equals("square") && base != null
                || name.equals("pow")
                        && math
                        && Shapes.isNumber(call.getArguments().get(1), 2)) {
            edits.replace(Kind.SQUARE, call, math ? "(" + edits.text(base) + ")" : edits.text(base));
        }
    }

    /** One factor where there are two of the same. */
    private static void once(Edits edits, BinaryTree product) {
        Tree left = product.getLeftOperand();
        Tree right = product.getRightOperand();
        boolean atTheEnd =
                left.getKind() == Tree.Kind.MULTIPLY && Shapes.isSame(((BinaryTree) left).getRightOperand(), right);
        if (atTheEnd || Shapes.isSame(left, right) || left.toString().equals("-" + right)) {
            edits.replace(Kind.SQUARE, product, edits.text(left));
        }
    }
}
