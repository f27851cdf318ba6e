package org.scorebook.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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
    private static final int FRAMES_AT_EACH_END = 12;
    private static final String PLAIN = "\u001B[0m";

    /** The class that JShell wraps snippets in, as it appears in the JVM's own messages. */
    private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]");

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
    static CellFailure of(Throwable e) {
        String message = safeMessage(e);
        List<String> lines = new ArrayList<>(List.of(headline(e.getClass().getName(), message)));
        Arrays.stream(e.getStackTrace()).limit(10).forEach(frame -> lines.add("    at " + frame));
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
            lines.addAll(frames(thrown, sources));
        }
        return new CellFailure("Interrupted", message, lines);
    }

    /** Code that ran and threw: its message, where, and the same of every cause. */
    static CellFailure thrown(Exception thrown, JShell shell, SourceMap sources) {
        if (thrown instanceof UnresolvedReferenceException e) {
            return unresolved(e.getSnippet(), shell, sources);
        }
        List<String> lines = new ArrayList<>(List.of(headline(className(thrown), message(thrown))));
        lines.addAll(frames(thrown, sources));
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            lines.add("Caused by: " + headline(className(cause), message(cause)));
            lines.addAll(frames(cause, sources));
        }
        String simple = className(thrown).replaceAll(".*[.$]", "");
        return new CellFailure(simple, message(thrown), lines);
    }

    private static CellFailure unresolved(DeclarationSnippet snippet, JShell shell, SourceMap sources) {
        String message = waiting(snippet, shell) + " (" + sources.place(snippet.id(), 1) + ")";
        return new CellFailure("UnresolvedReference", message, List.of(headline("UnresolvedReference", message)));
    }

    /** Says what a method or class still waits for. */
    static String waiting(DeclarationSnippet snippet, JShell shell) {
        String missing = String.join(", ", shell.unresolvedDependencies(snippet).toList());
        return snippet.name() + " cannot be used until this is defined: " + missing;
    }

    /** Code that the compiler refused: its first error, with the line and a mark under the place. */
    static CellFailure rejected(Snippet snippet, JShell shell, SourceMap sources) {
        List<Diag> errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
        List<String> lines = new ArrayList<>();
        errors.forEach(error -> lines.addAll(describe(error, snippet, sources)));
        String first = errors.isEmpty() ? "the code could not be compiled" : oneLine(errors.get(0));
        return new CellFailure(
                "CompileError", first, lines.isEmpty() ? List.of(headline("CompileError", first)) : lines);
    }

    private static List<String> describe(Diag error, Snippet snippet, SourceMap sources) {
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
        lines.add(RED + place + PLAIN + ": " + oneLine(error));
        lines.add("    " + place.text());
        lines.add("    " + " ".repeat(Math.max(0, indent - blank + position - lineStart)) + "^".repeat(width));
        details(error).forEach(detail -> lines.add("    " + detail));
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
        return none ? "" : SNIPPET_CLASS.matcher(message).replaceAll("");
    }

    /** The frames from the throw down to the cell; what calls the cell is the kernel's business. */
    private static List<String> frames(Throwable e, SourceMap sources) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement frame : e.getStackTrace()) {
            String file = frame.getFileName();
            if (file != null && file.startsWith("#")) {
                lines.add("    at " + inCell(frame, sources.place(file.substring(1), frame.getLineNumber())));
            } else if (!isKernel(frame.getClassName())) {
                lines.add("    at " + frame);
            }
        }
        return shortened(lines);
    }

    /** Endless recursion fills a thousand frames that say the same. */
    private static List<String> shortened(List<String> lines) {
        if (lines.size() <= 2 * FRAMES_AT_EACH_END) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, FRAMES_AT_EACH_END));
        some.add("    ... " + (lines.size() - 2 * FRAMES_AT_EACH_END) + " more");
        some.addAll(lines.subList(lines.size() - FRAMES_AT_EACH_END, lines.size()));
        return some;
    }

    private static String inCell(StackTraceElement frame, CellLine place) {
        String name = frame.getMethodName();
        boolean own = name != null && name.matches("\\w+"); // not the compiler's name for a lambda
        return place == null
                ? frame.toString()
                : (own ? name + ", " : "") + place + ":  " + place.text().strip();
    }

    private static boolean isKernel(String className) {
        return className.startsWith("org.scorebook.kernel.")
                || className.startsWith("jdk.jshell.")
                || className.startsWith("jdk.internal.reflect.")
                || className.startsWith("java.lang.reflect.");
    }
}
