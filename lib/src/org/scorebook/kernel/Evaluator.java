package org.scorebook.kernel;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Runs cells in a JShell inside this JVM, so that a snippet's value is the object itself and not its text. */
final class Evaluator {
    private static final Pattern BLANK_START = Pattern.compile("\\A(?:\\s|//[^\n]*(?:\n|\\z)|/\\*(?s:.*?)\\*/)+");
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
    private final Runnable beforeEach;
    private final SourceMap sources = new SourceMap();
    private final List<DeclarationSnippet> forward = new ArrayList<>();
    private final JShell shell;
    private Object value;

    /** @param beforeEach runs on the cell thread before each snippet */
    Evaluator(CellThread thread, Runnable beforeEach) {
        this.thread = thread;
        this.beforeEach = beforeEach;
        this.shell = JShell.builder()
                .executionEngine(new Provider(), Map.of())
                .idGenerator((snippet, id) -> Integer.toString(id))
                .build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        IMPORTS.forEach(shell::eval);
    }

    JShell shell() {
        return shell;
    }

    /** The value of the cell's last expression, or {@code null}; count is the number in the cell's prompt. */
    Object evaluate(int count, String code) throws CellFailure {
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        sources.begin(count, code);
        forward.clear();
        Object result = null;
        String rest = code;
        while (!(rest = withoutBlankStart(rest)).isEmpty()) {
            CompletionInfo next = analysis.analyzeCompletion(rest);
            sources.at(code.length() - rest.length());
            result = evaluateSnippet(next.completeness().isComplete() ? next.source() : rest);
            rest = next.completeness().isComplete() ? next.remaining() : "";
        }
        noteForwardReferences();
        return result;
    }

    /** JShell counts a snippet's lines from its first code, so blank space and comments before it are cut off here. */
    private static String withoutBlankStart(String code) {
        return BLANK_START.matcher(code).replaceFirst("");
    }

    private Object evaluateSnippet(String source) throws CellFailure {
        value = null;
        Object result = null;
        for (SnippetEvent event : shell.eval(source)) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() == null) {
                sources.locate(snippet);
            }
            if (thread.isInterrupted()) {
                throw CellFailure.interrupted(event.exception(), sources);
            }
            if (event.exception() != null) {
                throw CellFailure.thrown(event.exception(), shell, sources);
            }
            if (event.causeSnippet() == null) {
                check(snippet, event.status());
                result = isShown(snippet.subKind()) ? value : null;
            }
        }
        return result;
    }

    /** A method or class may use what a later cell defines, which is said; a variable's value must be there now. */
    private void check(Snippet snippet, Status status) throws CellFailure {
        boolean waiting = isWaiting(status);
        if (status == Status.REJECTED || (waiting && snippet instanceof VarSnippet)) {
            CellFailure failure = CellFailure.rejected(snippet, shell, sources);
            shell.drop(snippet);
            throw failure;
        }
        if (waiting) {
            forward.add((DeclarationSnippet) snippet);
        }
    }

    private static boolean isWaiting(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
    }

    /** Says which of the cell's methods and classes still wait for a definition when the cell has ended. */
    private void noteForwardReferences() {
        forward.stream()
                .filter(snippet -> isWaiting(shell.status(snippet)))
                .forEach(snippet -> System.err.println("note: " + CellFailure.waiting(snippet, shell)));
    }

    private static boolean isShown(SubKind kind) {
        return kind == SubKind.VAR_VALUE_SUBKIND
                || kind == SubKind.OTHER_EXPRESSION_SUBKIND
                || kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
    }

    /** Runs snippets on the cell thread and keeps their value; guards the loops of the classes that JShell compiles. */
    private final class Control extends DirectExecutionControl {
        @Override
        public void load(ClassBytecodes[] classes)
                throws ClassInstallException, NotImplementedException, EngineTerminationException {
            ClassBytecodes[] guarded = new ClassBytecodes[classes.length];
            for (int i = 0; i < classes.length; i++) {
                guarded[i] = new ClassBytecodes(classes[i].name(), LoopGuard.guard(classes[i].bytecodes()));
            }
            super.load(guarded);
        }

        @Override
        protected String invoke(Method snippet) throws Exception {
            try {
                value = thread.call(() -> {
                    beforeEach.run();
                    return snippet.invoke(null);
                });
                return "";
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new InternalException(e.toString());
            }
        }
    }

    private final class Provider implements ExecutionControlProvider {
        @Override
        public String name() {
            return "cells";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return new Control();
        }
    }
}
