package org.scorebook.mutants;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.scorebook.ipynb.Exercise;

/** Mistakes made at the result: all of it has the wrong sign, lacks a root, is a parameter. */
final class Results {
    private static final Map<String, Kind> NUMBERS = mistakes("-V", "2 * V", "V / 2", "V * V", "Math.sqrt(V)");
    private static final Map<String, Kind> ARRAYS =
            mistakes("V.neg()", "V.mul(2)", "V.div(2)", "V.square()", "V.sqrt()");

    private final Edits edits;
    private final Answer answer;
    private final List<ExpressionTree> results = new ArrayList<>();

    private Results(Edits edits) {
        this.edits = edits;
        this.answer = edits.answer();
        answer.method().getBody().accept(new Returns(), null);
    }

    /** What the result is in place of V: the square of the right one is what comes without a root at the end. */
    private static Map<String, Kind> mistakes(String negative, String twice, String half, String square, String root) {
        Map<String, Kind> mistakes = new LinkedHashMap<>();
        mistakes.put(negative, Kind.SIGN);
        mistakes.put(twice, Kind.FACTOR);
        mistakes.put(half, Kind.FACTOR);
        mistakes.put(square, Kind.ROOT);
        mistakes.put(root, Kind.SQUARE);
        return mistakes;
    }

    static void mutate(Edits edits) {
        Results results = new Results(edits);
        String type = edits.answer().method().getReturnType().toString();
        results.whole(type);
        edits.answer().parameters().forEach((name, its) -> {
            if (its.equals(type)) {
                results.early(name);
            }
        });
        if (type.equals("boolean")) {
            List.of("true", "false").forEach(results::early);
        }
    }

    private void whole(String type) {
        switch (type) {
            case "double" -> number();
            case "float" -> NUMBERS.forEach((mistake, kind) -> whole(kind, "(float) (" + mistake + ")", "V"));
            case "int", "long" -> integers();
            case "double[]" -> numbers();
            case "boolean" -> whole(Kind.CONDITION, "!V", "V");
            case "NDArray" -> ARRAYS.forEach((mistake, kind) -> whole(kind, mistake, "V"));
            case "float[]" ->
                ARRAYS.forEach((mistake, kind) ->
                        whole(kind, mistake.replace("V", "manager.create(A)") + ".toFloatArray()", "A"));
            default -> {}
        }
    }

    private void number() {
        NUMBERS.forEach((mistake, kind) -> whole(kind, mistake, "V"));
        answer.parameters().forEach((name, type) -> {
            if (type.endsWith("[]")) {
                whole(Kind.MEAN, "V / " + name + ".length", "V");
                whole(Kind.MEAN, "V * " + name + ".length", "V");
            }
        });
    }

    private void numbers() {
        NUMBERS.forEach((mistake, kind) ->
                whole(kind, "Arrays.stream(A).map(v -> " + mistake.replace("V", "v") + ").toArray()", "A"));
        whole(Kind.AXIS, "manager.create(A).flip(0).toDoubleArray()", "A");
    }

    private void integers() {
        whole(Kind.SIGN, "-V", "V");
        whole(Kind.FACTOR, "2 * V", "V");
        whole(Kind.OFF_BY_ONE, "V + 1", "V");
        whole(Kind.OFF_BY_ONE, "V - 1", "V");
    }

    private void whole(Kind kind, String mistake, String value) {
        String source = answer.source();
        for (int i = results.size() - 1; i >= 0; i--) {
            ExpressionTree each = results.get(i);
            source = source.substring(0, answer.start(each))
                    + mistake.replaceAll("\\b" + value + "\\b", Matcher.quoteReplacement("(" + answer.text(each) + ")"))
                    + source.substring(answer.end(each));
        }
        edits.add(kind, true, "the result: " + mistake, source);
    }

    private void early(String value) {
        String source = answer.source();
        int begin = source.indexOf(Exercise.BEGIN) + Exercise.BEGIN.length();
        edits.add(
                Kind.RETURN,
                false,
                "the result: " + value,
                source.substring(0, begin) + "\n    return " + value + ";\n    "
                        + source.substring(source.indexOf(Exercise.END)));
    }

    /** What the method itself returns, not what the lambdas in it do. */
    private final class Returns extends TreeScanner<Void, Void> {
        @Override
        public Void visitReturn(ReturnTree tree, Void nothing) {
            results.add(tree.getExpression());
            return null;
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree tree, Void nothing) {
            return null;
        }
    }
}
