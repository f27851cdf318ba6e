package org.scorebook.handout;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.scorebook.base.Require;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * Compiles a notebook's cells in order, as a kernel does, and runs none of them. A student may leave out a check, so what one declares is
 * gone behind it.
 */
public final class CellCompiler implements AutoCloseable {
    /** What Scorebook's kernel, IJava and JJava import by themselves. */
    private static final List<String> IMPORTS = List.of(
            "java.io",
            "java.math",
            "java.net",
            "java.nio.file",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.stream");

    private final JShell shell =
            JShell.builder().executionEngine(new Idle(), Map.of()).build();
    private final Map<String, String> cells = new HashMap<>();

    private CellCompiler() {
        shell.addToClasspath(System.getProperty("java.class.path"));
        IMPORTS.forEach(name -> shell.eval("import " + name + ".*;"));
    }

    /**
     * The first thing that does not compile: its cell, and what the compiler says.
     *
     * @return nothing where all cells compile
     */
    public static Optional<String> problem(NotebookFile notebook) {
        Require.given("notebook", notebook);
        try (CellCompiler compiler = new CellCompiler()) {
            for (NotebookCell cell : notebook.cells()) {
                List<Snippet> before = compiler.shell.snippets().toList();
                Optional<String> problem = cell.isCode() ? compiler.problem(cell) : Optional.empty();
                if (problem.isPresent()) {
                    return problem;
                }
                if (Exercise.isCheck(cell)) {
                    compiler.shell
                            .snippets()
                            .filter(snippet -> !before.contains(snippet))
                            .toList()
                            .forEach(compiler.shell::drop);
                }
            }
            return compiler.missing();
        }
    }

    private Optional<String> problem(NotebookCell cell) {
        String rest = cell.source();
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            boolean complete = next.completeness().isComplete();
            for (SnippetEvent event : shell.eval(complete ? next.source() : rest)) {
                cells.putIfAbsent(event.snippet().id(), "cell " + cell.id().orElse("without ID") + ": ");
                if (event.status() == Snippet.Status.REJECTED) {
                    return Optional.of(cells.get(event.snippet().id()) + message(event.snippet()));
                }
            }
            rest = complete ? next.remaining() : "";
        }
        return Optional.empty();
    }

    private String message(Snippet snippet) {
        String line = snippet.source().strip().lines().findFirst().orElse("");
        return line + " ... does not compile: "
                + shell.diagnostics(snippet)
                        .filter(Diag::isError)
                        .map(diagnostic -> String.join(
                                ", ",
                                diagnostic
                                        .getMessage(Locale.ROOT)
                                        .lines()
                                        .map(String::strip)
                                        .toList()))
                        .collect(Collectors.joining("; "));
    }

    /** Methods and classes may use what a later cell declares; after the last one nothing may be missing. */
    private Optional<String> missing() {
        return shell.snippets()
                .filter(DeclarationSnippet.class::isInstance)
                .filter(snippet -> shell.status(snippet).isActive())
                .flatMap(snippet -> shell.unresolvedDependencies((DeclarationSnippet) snippet)
                        .map(name -> cells.get(snippet.id()) + name + ", which it uses, is declared nowhere"))
                .findFirst();
    }

    @Override
    public void close() {
        shell.close();
    }

    /** Loads what is compiled, and runs nothing. */
    private static final class Idle implements ExecutionControlProvider {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return new DirectExecutionControl() {
                @Override
                protected String invoke(Method snippet) {
                    return "";
                }
            };
        }
    }
}
