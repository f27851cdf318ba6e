package org.scorebook.mutants;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/** Leaves a statement out. */
final class Statements implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        boolean counts = path.getParentPath().getLeaf() instanceof ForLoopTree loop
                && loop.getUpdate().contains(tree);
        if (tree instanceof ExpressionStatementTree && !counts) {
            edits.replace(Kind.STATEMENT, tree, ";");
        }
    }
}
