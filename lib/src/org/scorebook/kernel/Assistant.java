package org.scorebook.kernel;

import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Answers about code that is still being typed. Jupyter counts code points, JShell counts UTF-16 units. */
final class Assistant {
    private static final String INDENT = "    ";

    private final JShell shell;
    private final SourceCodeAnalysis analysis;

    Assistant(JShell shell) {
        this.shell = shell;
        this.analysis = shell.sourceCodeAnalysis();
    }

    ReplacementOptions complete(String code, int codePoint) {
        int cursor = units(code, codePoint);
        int start = lastStatement(code.substring(0, cursor));
        int[] anchor = {0};
        List<Suggestion> found = analysis.completionSuggestions(code.substring(start, cursor), cursor - start, anchor);
        if (found.isEmpty()) { // the name may be declared in this cell, which has not run yet
            start = 0;
            found = analysis.completionSuggestions(code, cursor, anchor);
        }
        List<String> texts = (found.stream().anyMatch(Suggestion::matchesType)
                        ? found.stream().sorted((a, b) -> Boolean.compare(b.matchesType(), a.matchesType()))
                        : found.stream())
                .map(Suggestion::continuation)
                .distinct()
                .collect(Collectors.toList());
        return new ReplacementOptions(texts, code.codePointCount(0, start + anchor[0]), codePoint);
    }

    /** Type or signatures, and documentation, of the name under the cursor; {@code null} if it is unknown. */
    DisplayData inspect(String code, int codePoint, boolean detail) {
        int end = units(code, codePoint);
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        int start = lastStatement(code.substring(0, end));
        String statement = code.substring(start, end);
        List<Documentation> found = analysis.documentation(statement, statement.length(), detail);
        if (found.isEmpty()) {
            found = analysis.documentation(statement + "(", statement.length() + 1, detail);
        }
        String text = found.stream().map(this::describe).distinct().collect(Collectors.joining("\n\n"));
        return text.isEmpty() ? null : new DisplayData(text);
    }

    private String describe(Documentation documentation) {
        String signature = documentation.signature();
        String value = shell.variables()
                .filter(v -> signature.equals(v.name() + ":" + v.typeName()))
                .map(v -> v.typeName() + " " + v.name())
                .findFirst()
                .orElse(signature);
        return documentation.javadoc() == null ? value : value + "\n" + documentation.javadoc();
    }

    String isComplete(String code) {
        CompletionInfo info = analysis.analyzeCompletion(code);
        while (info.completeness().isComplete() && !info.remaining().isBlank()) {
            info = analysis.analyzeCompletion(info.remaining());
        }
        return switch (info.completeness()) {
            case UNKNOWN -> BaseKernel.IS_COMPLETE_BAD;
            case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE -> indentAfter(code);
            default -> BaseKernel.IS_COMPLETE_YES;
        };
    }

    private static String indentAfter(String code) {
        String last = code.substring(code.lastIndexOf('\n') + 1);
        String same = last.substring(0, last.length() - last.stripLeading().length());
        return last.stripTrailing().endsWith("{") || last.stripTrailing().endsWith("(") ? same + INDENT : same;
    }

    /** Where the statement that the text ends in begins: JShell looks at one statement at a time. */
    private int lastStatement(String text) {
        String rest = text;
        CompletionInfo info = analysis.analyzeCompletion(rest);
        while (info.completeness().isComplete() && !info.remaining().isBlank()) {
            rest = info.remaining();
            info = analysis.analyzeCompletion(rest);
        }
        return text.length() - rest.length();
    }

    private static int units(String code, int codePoint) {
        return code.offsetByCodePoints(0, Math.min(codePoint, code.codePointCount(0, code.length())));
    }
}
