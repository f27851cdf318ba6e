package org.scorebook.mutants;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.Map;
import java.util.Set;

/** Goes wrong by one: integer variables, where a loop begins, what it compares with. */
final class Bounds implements Mutator {
    private static final Set<String> INTEGERS = Set.of("int", "long");
    private static final Map<Tree.Kind, String> SIGNS = Map.of(
            Tree.Kind.LESS_THAN, "<",
            Tree.Kind.GREATER_THAN, ">",
            Tree.Kind.LESS_THAN_EQUAL, "<=",
            Tree.Kind.GREATER_THAN_EQUAL, ">=");

    @Override
    public void mutate(TreePath path, Edits edits) {
        Tree tree = path.getLeaf();
        if (SIGNS.containsKey(tree.getKind())) {
            String sign = SIGNS.get(tree.getKind());
            int at = Shapes.operator(edits.answer(), (BinaryTree) tree, sign);
            edits.replace(
                    Kind.OFF_BY_ONE, at, at + sign.length(), sign.length() == 1 ? sign + "=" : sign.substring(0, 1));
        } else if (tree instanceof IdentifierTree name && isInteger(edits, name) && !Shapes.isWritten(path)) {
            shift(edits, tree);
        } else if (tree instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals("length")) {
            shift(edits, tree);
        } else if (tree instanceof VariableTree variable && isCounter(variable)) {
            Tree start = variable.getInitializer();
            edits.replace(Kind.OFF_BY_ONE, start, Shapes.isNumber(start, 0) ? "1" : "0");
        } else if (tree instanceof MethodInvocationTree call
                && Shapes.name(call).equals("range")) {
            Functions.rename(Kind.OFF_BY_ONE, edits, call, "rangeClosed");
        }
    }

    private static boolean isInteger(Edits edits, IdentifierTree name) {
        return INTEGERS.contains(edits.answer().type(name.toString()));
    }

    private static boolean isCounter(VariableTree variable) {
        Tree start = variable.getInitializer();
        return start != null
                && variable.getType() != null
                && INTEGERS.contains(variable.getType().toString())
                && (Shapes.isNumber(start, 0) || Shapes.isNumber(start, 1));
    }

    private static void shift(Edits edits, Tree tree) {
        edits.replace(Kind.OFF_BY_ONE, tree, "(" + edits.text(tree) + " - 1)");
        edits.replace(Kind.OFF_BY_ONE, tree, "(" + edits.text(tree) + " + 1)");
    }
}
