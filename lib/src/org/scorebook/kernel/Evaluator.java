package org.scorebook.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import jdk.jshell.VarSnippet;

/** Runs cells in a JShell inside this JVM, so that a snippet's value is the object itself and not its text. */
final class Evaluator {
    private static final List<String> IMPORTS = List.of(
            "import java.io.*;",
            "import java.math.*;",
            "import java.nio.file.*;",
            "import java.util.*;",
            "import java.util.concurrent.*;",
            "import java.util.function.*;",
            "import java.util.stream.*;",
            "import static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*;");

    private final CellThread thread;
    private final Predicate<Object> isForEffect;
    private final SourceMap sources;
    private final Finals finals = new Finals();
    private final SnippetEngine engine;
    private final List<DeclarationSnippet> forward = new ArrayList<>();
    private final JShell shell;
    private final Losses losses;

    /**
     * @param beforeEach runs on the cell thread before each snippet
     * @param isForEffect whether a call that gives this value was made for its effect, so that the value is not shown
     */
    Evaluator(CellThread thread, Runnable beforeEach, Predicate<Object> isForEffect, SourceMap sources) {
        this.thread = thread;
        this.isForEffect = isForEffect;
        this.sources = sources;
        this.engine = new SnippetEngine(thread, beforeEach, finals, this::locate);
        this.shell = JShell.builder()
                .executionEngine(engine.provider(), Map.of())
                .idGenerator((snippet, id) -> Integer.toString(id))
                .build();
        this.losses = new Losses(shell);
        shell.addToClasspath(System.getProperty("java.class.path"));
        IMPORTS.forEach(shell::eval);
    }

    JShell shell() {
        return shell;
    }

    /** The value of the cell's last expression, or {@code null}; count is the number in the cell's prompt. */
    Object evaluate(int count, String code) throws CellFailure {
        sources.begin(count, code);
        forward.clear();
        losses.beginCell();
        try {
            return evaluateCell(code);
        } finally {
            losses.notes().forEach(Evaluator::note);
            forward.stream()
                    .filter(snippet -> isWaiting(shell.status(snippet)))
                    .forEach(snippet -> note(CellFailure.waiting(snippet, shell)));
        }
    }

    private Object evaluateCell(String code) throws CellFailure {
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        Object result = null;
        String rest = code;
        while (!(rest = CellText.withoutBlankStart(rest)).isEmpty()) {
            CompletionInfo next = analysis.analyzeCompletion(rest);
            int offset = code.length() - rest.length();
            sources.at(offset);
            boolean complete = next.completeness().isComplete();
            int comment = complete ? -1 : CellText.openComment(rest);
            if (comment >= 0) {
                throw CellFailure.refused("this comment has no end: */ is missing", sources.placeAt(offset + comment));
            }
            result = evaluateSnippet(complete ? next.source() : rest);
            rest = complete ? next.remaining() : "";
        }
        return result;
    }

    private Object evaluateSnippet(String source) throws CellFailure {
        engine.reset();
        losses.beforeSnippet();
        Object result = null;
        for (SnippetEvent event : shell.eval(source)) {
            Snippet snippet = event.snippet();
            register(event);
            if (thread.isInterrupted()) {
                throw CellFailure.interrupted(event.exception(), sources);
            }
            if (event.exception() != null) {
                throw CellFailure.thrown(event.exception(), shell, sources);
            }
            if (event.causeSnippet() == null) {
                check(snippet, event.status());
                result = isShown(snippet.subKind()) ? engine.value() : null;
            }
        }
        return result;
    }

    private void register(SnippetEvent event) {
        Snippet snippet = event.snippet();
        losses.after(event, sources.isRerun(snippet));
        if (event.status() == Status.OVERWRITTEN) {
            return;
        }
        if (event.causeSnippet() == null) {
            sources.locate(snippet);
        } else if (isWaiting(event.status()) && !(snippet instanceof VarSnippet)) {
            forward.add((DeclarationSnippet) snippet);
        }
        if (event.status() != Status.REJECTED) {
            sources.compiled(snippet.id(), wrapper(snippet));
        }
    }

    /** JShell tells of a snippet when it has run; a stack trace may be printed before. */
    private void locate(String className) {
        shell.snippets()
                .filter(snippet -> wrapper(snippet).fullClassName().equals(className))
                .forEach(snippet -> {
                    sources.locate(snippet);
                    sources.compiled(snippet.id(), wrapper(snippet));
                });
    }

    private SnippetWrapper wrapper(Snippet snippet) {
        return shell.sourceCodeAnalysis().wrapper(snippet);
    }

    /** A method or class may use what a later cell defines, which is said; a variable's value must be there now. */
    private void check(Snippet snippet, Status status) throws CellFailure {
        boolean waiting = isWaiting(status);
        if (status == Status.REJECTED || (waiting && snippet instanceof VarSnippet)) {
            CellFailure failure = CellFailure.rejected(snippet, shell, sources);
            shell.drop(snippet);
            throw failure;
        }
        Finals.Assignment refused = engine.refused(wrapper(snippet).fullClassName());
        if (refused != null) {
            shell.drop(snippet);
            throw CellFailure.finalVariable(refused, sources);
        }
        if (snippet instanceof VarSnippet variable) {
            finals.declared(variable);
        }
        if (waiting) {
            forward.add((DeclarationSnippet) snippet);
        }
    }

    private static boolean isWaiting(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
    }

    private static void note(String sentence) {
        System.err.println("note: " + sentence);
    }

    private boolean isShown(SubKind kind) {
        return kind == SubKind.VAR_VALUE_SUBKIND
                || (kind == SubKind.OTHER_EXPRESSION_SUBKIND || kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
                        && engine.value() != null
                        && !isForEffect.test(engine.value());
    }
}
