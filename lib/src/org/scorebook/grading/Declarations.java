package org.scorebook.grading;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ErroneousSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.execution.LocalExecutionControlProvider;

/** Says which names cells declare, as a kernel would understand them. Nothing is executed. */
final class Declarations implements AutoCloseable {
    private static final int LONGEST = 200_000; // characters; no answer is so long

    private final JShell shell = JShell.builder()
            .executionEngine(new LocalExecutionControlProvider(), Map.of())
            .build();

    /** The names of a cell's variables, methods, classes, and of classes that it imports by name; of these also the whole. */
    synchronized Set<String> of(String source) {
        Set<String> names = new LinkedHashSet<>();
        if (source.length() > LONGEST) {
            return names;
        }
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        String rest = source.replace("\r\n", "\n");
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(rest);
            String first = info.source() == null || info.source().isBlank() ? rest : info.source();
            analysis.sourceToSnippets(first).forEach(snippet -> add(names, snippet));
            String left = info.remaining() == null ? "" : info.remaining();
            rest = left.length() < rest.length() ? left : "";
        }
        return names;
    }

    private static void add(Set<String> names, Snippet snippet) {
        if (snippet instanceof ImportSnippet imported) {
            String whole = imported.fullname();
            if (!whole.endsWith("*")) {
                names.add("import " + whole);
                names.add(whole.substring(whole.lastIndexOf('.') + 1));
            }
        } else if (snippet instanceof DeclarationSnippet declared && !(snippet instanceof ErroneousSnippet)) {
            names.add(declared.name());
        }
    }

    @Override
    public void close() {
        shell.close();
    }
}
