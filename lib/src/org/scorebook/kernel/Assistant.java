package org.scorebook.kernel;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers about code that is still being typed. Jupyter counts code points, JShell counts UTF-16 units. */
final class Assistant {
    private static final Logger LOG = LoggerFactory.getLogger(Assistant.class);
    private static final String INDENT = "    ";

    /** A variable as JShell describes it. */
    private static final Pattern VARIABLE = Pattern.compile("(?<name>[\\w.$]+):(?<type>[^()]+)");

    private final SourceCodeAnalysis analysis;
    private boolean sourcesAdded;

    Assistant(JShell shell) {
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

    /** Type or signatures of the name under the cursor, each with its Javadoc; {@code null} if the name is unknown. */
    DisplayData inspect(String code, int codePoint) {
        addSources();
        int end = units(code, codePoint);
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        int start = lastStatement(code.substring(0, end));
        String statement = code.substring(start, end);
        List<Documentation> found = analysis.documentation(statement, statement.length(), true);
        if (found.isEmpty()) {
            found = analysis.documentation(statement + "(", statement.length() + 1, true);
        }
        List<String> parts = found.stream().map(this::describe).distinct().toList();
        if (parts.isEmpty()) {
            return null;
        }
        DisplayData help = new DisplayData(parts.stream().map(Javadoc::text).collect(Collectors.joining("\n\n")));
        help.putHTML(String.join("<hr>", parts));
        return help;
    }

    /**
     * JShell looks for Javadoc in the JDK's src.zip alone. The method that finds it gives the list which JShell keeps, in
     * every release from 17 to 25; where it cannot be called, the library's names are shown without their Javadoc.
     */
    @SuppressWarnings("unchecked")
    private void addSources() {
        String folder = System.getProperty("scorebook.sources");
        if (sourcesAdded || folder == null) {
            return;
        }
        sourcesAdded = true;
        try {
            Method find = analysis.getClass().getDeclaredMethod("findSources");
            find.setAccessible(true);
            ((List<Path>) find.invoke(analysis)).add(Path.of(folder));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("the library's Javadoc cannot be shown", e);
        }
    }

    private String describe(Documentation documentation) {
        String signature = documentation.signature();
        Matcher variable = VARIABLE.matcher(signature);
        String value = variable.matches() ? variable.group("type") + " " + variable.group("name") : signature;
        String head = "<p><code><b>" + Javadoc.escape(value) + "</b></code></p>";
        return documentation.javadoc() == null ? head : head + Javadoc.html(documentation.javadoc());
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
