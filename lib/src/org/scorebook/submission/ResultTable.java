package org.scorebook.submission;

import java.util.Locale;
import org.scorebook.ipynb.NotebookFile;

/** Results as a person reads them in a terminal. */
final class ResultTable {
    private final Results results;

    ResultTable(Results results) {
        this.results = results;
    }

    String text() {
        int width = results.notebooks().stream()
                .mapToInt(notebook -> notebook.name().length())
                .max()
                .orElse(0);
        String row = "%-" + Math.max(width, "notebook".length()) + "s  %-8s  %-9s  %s\n";
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, row, "notebook", "exercise", "points", "state"));
        for (NotebookFile notebook : results.notebooks()) {
            for (ExerciseResult exercise : ExerciseResult.of(notebook)) {
                text.append(String.format(
                        Locale.ROOT,
                        row,
                        notebook.name(),
                        exercise.exercise(),
                        exercise.points() + " of " + exercise.possible(),
                        exercise.state()));
            }
        }
        return text.append(results.points() + " of " + results.possible() + " points\n")
                .toString();
    }
}
