package org.scorebook.mutants;

import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/** Changes numbers: an integer by one, which is also what off by one looks like, another number by a tenth. */
final class Constants implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        if (tree instanceof LiteralTree literal && literal.getValue() instanceof Integer number) {
            edits.replace(Kind.CONSTANT, tree, Integer.toString(number + 1));
        } else if (tree instanceof LiteralTree literal && literal.getValue() instanceof Double number) {
            edits.replace(Kind.CONSTANT, tree, Double.toString(number * 1.1));
        }
    }
}
