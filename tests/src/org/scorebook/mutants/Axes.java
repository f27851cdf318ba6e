package org.scorebook.mutants;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;

/** Takes the other axis: indices swapped, 0 for 1, elements of a result in another order. */
final class Axes implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        if (tree instanceof ArrayAccessTree access) {
            access(edits, access);
        } else if (tree instanceof NewArrayTree array && array.getInitializers() != null) {
            array(edits, array);
        }
    }

    private static void access(Edits edits, ArrayAccessTree access) {
        if (access.getIndex() instanceof LiteralTree index) {
            edits.replace(Kind.AXIS, index, Shapes.isNumber(index, 0) ? "1" : "0");
        }
        if (access.getExpression() instanceof ArrayAccessTree first) {
            String array = edits.text(first.getExpression());
            String swapped = "[" + edits.text(access.getIndex()) + "][" + edits.text(first.getIndex()) + "]";
            edits.replace(Kind.AXIS, access, array + swapped);
        }
    }

    private static void array(Edits edits, NewArrayTree array) {
        List<? extends Tree> elements = array.getInitializers();
        for (int i = 1; i < elements.size(); i++) {
            Tree first = elements.get(i - 1);
            Tree second = elements.get(i);
            int start = edits.answer().start(first);
            edits.replace(Kind.AXIS, start, edits.answer().end(second), edits.text(second) + ", " + edits.text(first));
        }
        if (elements.size() == 1 && elements.get(0) instanceof LiteralTree axis) {
            edits.replace(Kind.AXIS, axis, Shapes.isNumber(axis, 0) ? "1" : "0");
        }
    }
}
