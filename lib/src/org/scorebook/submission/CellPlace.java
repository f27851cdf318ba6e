package org.scorebook.submission;

import java.util.List;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** Where something is in a notebook, for people: {@code 06-autograd-questions, cell 12 (`double w = 3;`)}. */
final class CellPlace {
    private static final int LONGEST = 40;

    private CellPlace() {}

    /** @param position of the cell, from 0 */
    static String of(NotebookFile notebook, int position) {
        return notebook.name() + ", " + cell(notebook.cells(), position);
    }

    private static String cell(List<NotebookCell> cells, int position) {
        String line = cells.get(position)
                .source()
                .lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        String shown = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        return "cell " + (position + 1) + (shown.isEmpty() ? "" : " (`" + shown + "`)");
    }
}
