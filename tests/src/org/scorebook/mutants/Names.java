package org.scorebook.mutants;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes one thing for another: a parameter for the next one of its type, arguments of a call in another order. */
final class Names implements Mutator {
    @Override
    public void mutate(TreePath path, Edits edits) {
        if (path.getLeaf() instanceof IdentifierTree name && !Shapes.isWritten(path)) {
            String other = other(edits.answer().parameters(), name.toString());
            if (other != null) {
                edits.replace(Kind.NAME, name, other);
            }
        } else if (path.getLeaf() instanceof MethodInvocationTree call) {
            arguments(edits, call.getArguments());
        }
    }

    private static String other(Map<String, String> parameters, String name) {
        List<String> same = new ArrayList<>(parameters.keySet());
        same.removeIf(each -> !parameters.get(each).equals(parameters.get(name)));
        int at = same.indexOf(name);
        return at < 0 || same.size() == 1 ? null : same.get((at + 1) % same.size());
    }

    private static void arguments(Edits edits, List<? extends ExpressionTree> arguments) {
        for (int i = 1; i < arguments.size(); i++) {
            ExpressionTree first = arguments.get(i - 1);
            ExpressionTree second = arguments.get(i);
            edits.replace(
                    Kind.ORDER,
                    edits.answer().start(first),
                    edits.answer().end(second),
                    edits.text(second) + ", " + edits.text(first));
        }
    }
}
