package org.scorebook.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** Whether all cells were executed, from top to bottom. */
final class ExecutionOrder {
    private ExecutionOrder() {}

    static List<Objection> reasons(NotebookFile notebook) {
        List<Objection> reasons = new ArrayList<>();
        List<NotebookCell> cells = notebook.cells();
        int last = 0;
        for (int i = 0; i < cells.size(); i++) {
            if (!isExecutable(cells.get(i))) {
                continue;
            }
            OptionalInt count = cells.get(i).executionCount();
            if (count.isEmpty()) {
                reasons.add(new Objection(Objection.Kind.ORDER, CellPlace.of(notebook, i) + " was not executed."));
            } else if (count.getAsInt() <= last) {
                reasons.add(new Objection(
                        Objection.Kind.ORDER,
                        CellPlace.of(notebook, i) + " was executed as number " + count.getAsInt()
                                + ", not after the cell above it, which is number " + last + "."));
            }
            last = count.orElse(last);
        }
        return reasons;
    }

    /** Whether a kernel gets it. */
    static boolean isExecutable(NotebookCell cell) {
        return cell.isCode() && !cell.source().isBlank();
    }
}
