package org.scorebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.handout.StudentNotebook;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * The notebooks' cells, compiled as IJava and JJava do it, and not run. These give JShell a statement with the end of the
 * line before it. When a later cell, after more imports, declares a name that a method uses, be it for something else,
 * JShell then takes the method for changed, and every variable which came out of it is null from then on.
 */
class PortableCellsTest {
    private static final List<String> IMPORTS = List.of(
            "java.io",
            "java.math",
            "java.net",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.stream");

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void noLaterCellTakesAVariablesValue(Path notebook) throws IOException {
        List<String> cells = cells(notebook);
        assertTrue(cells.size() > 10, "cells were not found: " + cells.size());
        assertEquals(List.of(), troubles(cells));
    }

    @Test
    void aValueThatIsTakenIsFound() {
        List<String> troubles = troubles(List.of(
                "int one() { return 1; }\nint[] make() {\n    int[] size = {one()};\n    return size;\n}",
                "var made = make();",
                "import java.awt.Color;\nimport java.awt.Font;",
                "int size = 3;"));
        assertEquals(List.of("int size = 3; -> var made = make();"), troubles);
        assertEquals(List.of("int x = y; does not compile"), troubles(List.of("int x = y;")));
    }

    /** The code of all cells; before that of an answer also what students have there. */
    private static List<String> cells(Path file) throws IOException {
        NotebookFile solved = NotebookFile.read(file);
        List<NotebookCell> student = StudentNotebook.of(solved).cells();
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < student.size(); i++) {
            NotebookCell cell = solved.cells().get(i);
            if (Exercise.isAnswer(cell)) {
                cells.add(student.get(i).source());
            }
            if (cell.isCode()) {
                cells.add(cell.source());
            }
        }
        return cells;
    }

    private static List<String> troubles(List<String> cells) {
        List<String> troubles = new ArrayList<>();
        try (JShell shell =
                JShell.builder().executionEngine(new Idle(), Map.of()).build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            IMPORTS.forEach(name -> shell.eval("import " + name + ".*;"));
            for (String cell : cells) {
                String rest = cell;
                while (!rest.isBlank()) {
                    CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
                    boolean complete = next.completeness().isComplete();
                    String statement = complete ? next.source() : rest;
                    rest = complete ? next.remaining() : "";
                    shell.eval(statement).forEach(event -> note(event, statement, troubles));
                }
            }
        }
        return troubles;
    }

    private static void note(SnippetEvent event, String statement, List<String> troubles) {
        if (event.status() == Snippet.Status.REJECTED) {
            troubles.add(firstLine(statement) + " does not compile");
        } else if (event.causeSnippet() != null && event.snippet() instanceof VarSnippet taken) {
            troubles.add(firstLine(statement) + " -> " + firstLine(taken.source()));
        }
    }

    private static String firstLine(String source) {
        return source.strip().lines().findFirst().orElse("");
    }

    /** Loads what is compiled, and runs nothing. */
    private static final class Idle implements ExecutionControlProvider {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return new DirectExecutionControl() {
                @Override
                protected String invoke(Method snippet) {
                    return "";
                }
            };
        }
    }
}
