package org.scorebook.kernel;

import java.util.HashMap;
import java.util.Map;
import jdk.jshell.Snippet;

/** Knows which lines of which cell a snippet came from, since JShell numbers snippets and their lines only. */
final class SourceMap {
    /** A line of a cell: both numbers count from 1. */
    record CellLine(int cell, int line, String text) {
        @Override
        public String toString() {
            return "cell " + cell + ", line " + line;
        }
    }

    private record Origin(int cell, int firstLine) {}

    private final Map<Integer, String[]> cells = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private int cell;
    private String code;
    private int offset;

    void begin(int count, String source) {
        cell = count;
        code = source;
        cells.put(count, source.split("\n", -1));
    }

    /** The next snippet begins at this offset of the cell's source. */
    void at(int newOffset) {
        offset = newOffset;
    }

    /** Notes where a snippet came from; JShell gives a redefinition the number of what it replaces. */
    void locate(Snippet snippet) {
        origins.put(snippet.id(), new Origin(cell, lineOf(offset)));
    }

    private int lineOf(int position) {
        return 1
                + (int) code.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** The place of a line of a snippet, which counts from 1; {@code null} when the snippet came from no cell. */
    CellLine place(String snippetId, int line) {
        Origin origin = origins.get(snippetId);
        if (origin == null) {
            return null;
        }
        int number = origin.firstLine() + line - 1;
        String[] lines = cells.get(origin.cell());
        return new CellLine(origin.cell(), number, number <= lines.length ? lines[number - 1] : "");
    }
}
