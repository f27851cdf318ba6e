package org.scorebook.submission;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * What an exercise has earned, by the outputs of the cells that check it: a cell that ended without an error earns its part.
 *
 * @param exercise its number
 * @param points earned
 * @param possible all there are
 * @param state {@code passed}, {@code failed}, {@code unanswered} or {@code not executed}
 */
record ExerciseResult(String exercise, int points, int possible, String state) {
    /** Those of a notebook, in order. Only the cells with checks count: answers need not bear marks any more. */
    static List<ExerciseResult> of(NotebookFile notebook) {
        Map<String, List<NotebookCell>> checks = new LinkedHashMap<>();
        for (NotebookCell cell : notebook.cells()) {
            if (Exercise.isCheck(cell)) {
                checks.computeIfAbsent(Exercise.numberIn(cell), number -> new ArrayList<>())
                        .add(cell);
            }
        }
        return checks.entrySet().stream()
                .map(entry -> of(notebook, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ExerciseResult of(NotebookFile notebook, String number, List<NotebookCell> checks) {
        int possible = new Exercise(number, List.of(), checks).points();
        int points = 0;
        boolean executed = true;
        for (int i = 0; i < checks.size(); i++) {
            boolean ended = checks.get(i).executionCount().isPresent();
            executed &= ended;
            if (ended && FailedCells.of(checks.get(i)).isEmpty()) {
                points += share(possible, checks.size(), i);
            }
        }
        String state = points == possible
                ? "passed"
                : FailedCells.isUnanswered(notebook, number) ? "unanswered" : executed ? "failed" : "not executed";
        return new ExerciseResult(number, points, possible, state);
    }

    /** Whole numbers that are as even as they can be; the first ones get the rest. */
    private static int share(int points, int parts, int place) {
        return points / parts + (place < points % parts ? 1 : 0);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("exercise", exercise);
        json.addProperty("points", points);
        json.addProperty("possible", possible);
        json.addProperty("state", state);
        return json;
    }
}
