package org.scorebook.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;
import org.scorebook.kernel.SourceMap.CellLine;

/** Why a cell failed, in the three parts that Jupyter shows: a name, a sentence, and lines that lead to the place. */
final class CellFailure extends Exception {
    private static final long serialVersionUID = 1;
    private static final String RED = "\u001B[1;31m";
    private static final String PLAIN = "\u001B[0m";

    private final String name;
    private final transient List<String> traceback;

    private CellFailure(String name, String message, List<String> traceback) {
        super(message);
        this.name = name;
        this.traceback = traceback;
    }

    String name() {
        return name;
    }

    List<String> traceback() {
        return traceback;
    }

    /** A failure of the kernel itself, or of an object's own toString while its value was shown. */
    static CellFailure of(Throwable e, SourceMap sources) {
        String message = safeMessage(e);
        List<String> lines =
                new ArrayList<>(List.of(headline(Frames.plain(e.getClass().getName()), message)));
        lines.addAll(new Frames(sources).of(e));
        return new CellFailure(e.getClass().getSimpleName(), message, lines);
    }

    /** The message, even of an exception whose own getMessage fails. */
    private static String safeMessage(Throwable e) {
        try {
            return e.getMessage() == null ? "" : e.getMessage();
        } catch (RuntimeException | Error inner) {
            return "";
        }
    }

    static CellFailure interrupted(Exception thrown, SourceMap sources) {
        boolean leftBehind = thrown instanceof EvalException e
                && e.getExceptionClassName().equals(CellThread.LeftBehind.class.getName());
        String message = leftBehind ? thrown.getMessage() : "the cell was interrupted";
        List<String> lines = new ArrayList<>(List.of(headline("Interrupted", message)));
        if (thrown instanceof EvalException && !leftBehind) {
            lines.addAll(new Frames(sources).of(thrown));
        }
        return new CellFailure("Interrupted", message, lines);
    }

    /** Code that ran and threw: its message, where, and the same of every cause. */
    static CellFailure thrown(Exception thrown, JShell shell, SourceMap sources) {
        if (thrown instanceof UnresolvedReferenceException e) {
            return unresolved(e.getSnippet(), shell, sources);
        }
        List<String> lines = new ArrayList<>(List.of(headline(className(thrown), message(thrown))));
        lines.addAll(new Frames(sources).of(thrown));
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            lines.add("Caused by: " + headline(className(cause), message(cause)));
            lines.addAll(new Frames(sources).of(cause));
        }
        String simple = className(thrown).replaceAll(".*[.$]", "");
        return new CellFailure(simple, message(thrown), lines);
    }

    private static CellFailure unresolved(DeclarationSnippet snippet, JShell shell, SourceMap sources) {
        String message = waiting(snippet, shell) + " (" + sources.place(snippet.id(), 1) + ")";
        return new CellFailure("UnresolvedReference", message, List.of(headline("UnresolvedReference", message)));
    }

    /** Says what a method or class still waits for, or why it no longer compiles. */
    static String waiting(DeclarationSnippet snippet, JShell shell) {
        String missing = missing(snippet, shell);
        if (!missing.isEmpty()) {
            return snippet.name() + " cannot be used until this is defined: " + missing;
        }
        String errors = shell.diagnostics(snippet)
                .filter(Diag::isError)
                .map(error -> error.getMessage(Locale.ENGLISH).replaceAll("\\s+", " "))
                .collect(Collectors.joining("; "));
        return snippet.name() + " cannot be used: it no longer fits what it uses"
                + (errors.isEmpty() ? "" : ": " + errors);
    }

    private static String missing(DeclarationSnippet snippet, JShell shell) {
        return String.join(", ", shell.unresolvedDependencies(snippet).toList());
    }

    /** Code that the kernel does not run, for a reason that the compiler does not see. */
    static CellFailure refused(String message, CellLine place) {
        return new CellFailure(
                "CompileError", message, List.of(RED + place + PLAIN + ": " + message, "    " + place.text()));
    }

    static CellFailure finalVariable(Finals.Assignment assignment, SourceMap sources) {
        StackTraceElement frame = new StackTraceElement(assignment.className(), "", "", assignment.line());
        return refused("cannot assign a value to final variable " + assignment.variable(), sources.place(frame));
    }

    /** Code that the compiler refused: its first error, with the line and a mark under the place. */
    static CellFailure rejected(Snippet snippet, JShell shell, SourceMap sources) {
        List<Diag> errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
        if (errors.isEmpty()) {
            String missing = snippet instanceof DeclarationSnippet declaration ? missing(declaration, shell) : "";
            String message = missing.isEmpty() ? "the code could not be compiled" : "cannot find symbol: " + missing;
            return refused(message, sources.place(snippet.id(), 1));
        }
        Advice advice = new Advice(shell);
        List<String> lines = new ArrayList<>();
        for (Diag error : errors) {
            String told = advice.on(error, snippet.source());
            if (told != null) {
                return new CellFailure("CompileError", told, describe(error, told, snippet, sources));
            }
            lines.addAll(describe(error, oneLine(error), snippet, sources));
            details(error).forEach(detail -> lines.add("    " + detail));
        }
        return new CellFailure("CompileError", oneLine(errors.get(0)), lines);
    }

    private static List<String> describe(Diag error, String sentence, Snippet snippet, SourceMap sources) {
        String source = snippet.source();
        int position = (int) Math.max(0, Math.min(error.getPosition(), source.length()));
        int lineStart = source.lastIndexOf('\n', position - 1) + 1;
        int line = 1
                + (int) source.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        int lineEnd = source.indexOf('\n', position) < 0 ? source.length() : source.indexOf('\n', position);
        int width = (int) Math.max(1, Math.min(error.getEndPosition(), lineEnd) - position);
        CellLine place = sources.place(snippet.id(), line);
        int indent = place.text().indexOf(source.substring(lineStart, lineEnd).strip());
        int blank = source.substring(lineStart, lineEnd).length()
                - source.substring(lineStart, lineEnd).stripLeading().length();
        List<String> lines = new ArrayList<>();
        lines.add(RED + place + PLAIN + ": " + sentence);
        lines.add("    " + place.text());
        lines.add("    " + " ".repeat(Math.max(0, indent - blank + position - lineStart)) + "^".repeat(width));
        return lines;
    }

    private static String oneLine(Diag error) {
        return error.getMessage(Locale.ENGLISH).lines().findFirst().orElse("");
    }

    /** The lines after the first, without the name of the class that JShell wraps snippets in. */
    private static List<String> details(Diag error) {
        return error.getMessage(Locale.ENGLISH)
                .lines()
                .skip(1)
                .filter(line -> !line.strip().startsWith("location:"))
                .toList();
    }

    private static String headline(String name, String message) {
        return RED + name + PLAIN + (message.isEmpty() ? "" : ": " + message);
    }

    private static String className(Throwable e) {
        return e instanceof EvalException thrown
                ? thrown.getExceptionClassName()
                : e.getClass().getName();
    }

    private static String message(Throwable e) {
        String message = e.getMessage();
        boolean none = message == null || message.equals("null") || message.equals("<none>");
        return none ? "" : Advice.onMessage(Frames.plain(message));
    }
}
