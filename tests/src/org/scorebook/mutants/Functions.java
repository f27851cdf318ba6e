package org.scorebook.mutants;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.Map;

/** Calls another function in place of one: the other one of a pair. */
final class Functions implements Mutator {
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("sin", "cos"),
            Map.entry("cos", "sin"),
            Map.entry("exp", "log"),
            Map.entry("log", "exp"),
            Map.entry("tanh", "tan"),
            Map.entry("min", "max"),
            Map.entry("max", "min"),
            Map.entry("alpha", "sigma"),
            Map.entry("sigma", "alpha"),
            Map.entry("alphaBar", "beta"),
            Map.entry("beta", "alphaBar"),
            Map.entry("time", "next"),
            Map.entry("next", "time"),
            Map.entry("previous", "time"),
            Map.entry("gradient", "score"));

    @Override
    public void mutate(TreePath path, Edits edits) {
        if (path.getLeaf() instanceof MethodInvocationTree call && OTHERS.containsKey(Shapes.name(call))) {
            rename(Kind.FUNCTION, edits, call, OTHERS.get(Shapes.name(call)));
        }
    }

    /** Calls a method of another name with the same arguments. */
    static void rename(Kind kind, Edits edits, MethodInvocationTree call, String name) {
        int end = edits.answer().end(call.getMethodSelect());
        edits.replace(kind, end - Shapes.name(call).length(), end, name);
    }
}
