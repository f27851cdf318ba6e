package org.scorebook.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/**
 * Knows which lines of which cell code came from. JShell numbers snippets and their lines only, and the JVM knows the
 * lines of the classes that JShell wraps snippets in.
 */
final class SourceMap {
    private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+");

    /** A line of a cell: both numbers count from 1. */
    record CellLine(int cell, int line, String text) {
        @Override
        public String toString() {
            return "cell " + cell + ", line " + line;
        }
    }

    private record Origin(int cell, int firstLine) {}

    private record Line(String snippetId, int number) {}

    private final Map<Integer, String> cells = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<String, NavigableMap<Integer, Line>> classes = new HashMap<>();
    private int cell;
    private int offset;

    synchronized void begin(int count, String source) {
        cell = count;
        cells.put(count, source);
    }

    /** The next snippet begins at this offset of the cell's source. */
    synchronized void at(int newOffset) {
        offset = newOffset;
    }

    /** The place of a position of the cell, as an offset in its source. */
    synchronized CellLine placeAt(int position) {
        return place(cell, lines(cells.get(cell))[position]);
    }

    /** Whether this cell reads as the one that a snippet came from. */
    synchronized boolean isRerun(Snippet snippet) {
        Origin origin = origins.get(snippet.id());
        return origin != null
                && origin.cell() != cell
                && cells.get(origin.cell()).equals(cells.get(cell));
    }

    /** Notes where a snippet came from; JShell gives a redefinition the number of what it replaces. */
    synchronized void locate(Snippet snippet) {
        origins.put(snippet.id(), new Origin(cell, lines(cells.get(cell))[offset]));
    }

    /** Notes which lines of the class that JShell made of a snippet are which of its own. */
    synchronized void compiled(String snippetId, SnippetWrapper wrapper) {
        int[] own = lines(wrapper.source());
        int[] wrapped = lines(wrapper.wrapped());
        Map<Integer, Line> map = classes.computeIfAbsent(wrapper.fullClassName(), name -> new TreeMap<>());
        for (int i = 0; i < own.length - 1; i++) {
            int at = wrapper.sourceToWrappedPosition(i);
            if (at > 0 && at < wrapped.length && wrapper.wrappedToSourcePosition(at) == i) {
                map.putIfAbsent(wrapped[at], new Line(snippetId, own[i]));
            }
        }
    }

    /** The line number of each position in the text, and of its end. */
    private static int[] lines(String text) {
        int[] lines = new int[text.length() + 1];
        for (int i = 0, line = 1; i < lines.length; i++) {
            lines[i] = line;
            line += i < text.length() && text.charAt(i) == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** The place of a frame, as JShell or as the JVM names it; {@code null} when its code came from no cell. */
    synchronized CellLine place(StackTraceElement frame) {
        String file = frame.getFileName();
        if (file != null && file.startsWith("#")) {
            return place(file.substring(1), frame.getLineNumber());
        }
        Matcher name = SNIPPET_CLASS.matcher(frame.getClassName());
        NavigableMap<Integer, Line> lines = name.lookingAt() ? classes.get(name.group()) : null;
        if (lines == null || lines.isEmpty()) {
            return null;
        }
        // a line that JShell wrote, such as "return $1 =", stands for the next of the snippet's own
        Map.Entry<Integer, Line> line = lines.ceilingEntry(frame.getLineNumber());
        Line found = (line == null ? lines.lastEntry() : line).getValue();
        return place(found.snippetId(), found.number());
    }

    /** The place of a line of a snippet, which counts from 1; {@code null} when the snippet came from no cell. */
    synchronized CellLine place(String snippetId, int line) {
        Origin origin = origins.get(snippetId);
        return origin == null ? null : place(origin.cell(), origin.firstLine() + line - 1);
    }

    private CellLine place(int number, int line) {
        String[] lines = cells.get(number).split("\n", -1);
        return new CellLine(number, line, line <= lines.length ? lines[line - 1] : "");
    }
}
