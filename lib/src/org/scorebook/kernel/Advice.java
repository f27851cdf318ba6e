package org.scorebook.kernel;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;

/** What a message of Java means in a notebook, where the message alone would mislead. */
final class Advice {
    private static final String NO_MAGICS =
            "this kernel has no magics: a cell is Java. A dependency comes on the class path"
                    + " through <dependencies> in pom.xml; then run environment/scorebook kernel and restart the kernel";
    private static final String NO_SHELL =
            "a line that begins with ! is Java, not a command of the shell: run commands with ProcessBuilder";
    private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(?:variable|class|method) (\\w+)");
    private static final Pattern SAME_CLASS =
            Pattern.compile("class (\\S+) cannot be cast to class \\1 .*", Pattern.DOTALL);
    private static final Pattern PREVIEW = Pattern.compile("(.+?) (is|are) a preview feature.*");

    /** A piece of syntax that an older compiler does not know: its message, the line, what it is, since when. */
    private record Later(String message, String line, String name, int version) {}

    private static final List<Later> LATER = List.of(
            new Later("patterns in switch statements are.*|.*pattern.* in switch.*", ".*", "patterns in switch", 21),
            new Later(
                    ".*expected.*|illegal start.*|.*deconstruction patterns.*|.*record patterns.*",
                    ".*(?:\\binstanceof|\\bcase)\\s+[\\w.<>]+\\s*\\(.*",
                    "record patterns",
                    21),
            new Later(".*'_'.*|.*unnamed.*|.*expected.*", ".*\\b_\\b.*", "unnamed variables and patterns (_)", 22),
            new Later(".*expected.*", "\\s*import\\s+module\\s.*", "imports of modules", 25),
            new Later("call to (?:super|this) must be first.*", ".*", "statements before super(...)", 25));

    private final JShell shell;

    Advice(JShell shell) {
        this.shell = shell;
    }

    /** A sentence that replaces the compiler's, or {@code null}. */
    String on(Diag error, String source) {
        String message = error.getMessage(Locale.ENGLISH);
        String first = message.lines().findFirst().orElse("");
        String line = lineAt(source, (int) error.getPosition());
        if (line.matches("%%?\\w.*")) {
            return NO_MAGICS;
        }
        if (line.matches("!\\s*\\w.*")) {
            return first + "; " + NO_SHELL;
        }
        String later = later(first, line);
        return later == null ? lostVariable(first, message) : later;
    }

    private static String lineAt(String source, int position) {
        int at = Math.max(0, Math.min(position, source.length()));
        int end = source.indexOf('\n', at);
        return source.substring(source.lastIndexOf('\n', at - 1) + 1, end < 0 ? source.length() : end)
                .strip();
    }

    private static String later(String message, String line) {
        int version = Runtime.version().feature();
        String known = LATER.stream()
                .filter(each -> each.version() > version)
                .filter(each -> message.matches(each.message()) && line.matches(each.line()))
                .map(each ->
                        each.name() + " need Java " + each.version() + " or later: this kernel runs on Java " + version)
                .findFirst()
                .orElse(null);
        Matcher preview = PREVIEW.matcher(message);
        return known != null || !preview.matches()
                ? known
                : preview.group(1) + " " + preview.group(2) + " a preview feature of Java " + version
                        + ", which this kernel does not enable: a later Java may have it";
    }

    private String lostVariable(String first, String message) {
        Matcher symbol = SYMBOL.matcher(message);
        if (!symbol.find()) {
            return null;
        }
        return shell.variables()
                .filter(variable -> variable.name().equals(symbol.group(1)) && shell.status(variable) != Status.VALID)
                .findFirst()
                .map(variable -> first + ": the declaration of " + variable.name()
                        + " no longer fits a type that was defined" + " anew: declare it again")
                .orElse(null);
    }

    /** An exception's message, explained where it puzzles. */
    static String onMessage(String message) {
        Matcher same = SAME_CLASS.matcher(message);
        return same.matches()
                ? "this object is of the class " + same.group(1)
                        + " as it was before it was defined anew: make the object anew"
                : message;
    }
}
