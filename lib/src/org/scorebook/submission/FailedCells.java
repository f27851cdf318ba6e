package org.scorebook.submission;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** Cells that ended in an error. */
final class FailedCells {
    /** In a cell's tags, where it is meant to end so. */
    private static final String MEANT = "raises-exception";

    /** In the code that stands in place of a student's answer, and in its message. */
    private static final String UNANSWERED = "is not answered yet";

    private static final int LONGEST = 160;

    private FailedCells() {}

    /** Those that keep a notebook from being handed in: not those of checks, and of answers that are not given. */
    static List<Objection> reasons(NotebookFile notebook) {
        List<Objection> reasons = new ArrayList<>();
        List<NotebookCell> cells = notebook.cells();
        for (int i = 0; i < cells.size(); i++) {
            NotebookCell cell = cells.get(i);
            Optional<JsonObject> error = of(cell);
            if (error.isPresent() && !isMeant(cell) && !Exercise.isCheck(cell) && !isUnanswered(cell, error.get())) {
                reasons.add(new Objection(
                        Objection.Kind.ERRORS,
                        CellPlace.of(notebook, i) + " ends in an error: " + text(error.get()) + "."));
            }
        }
        return reasons;
    }

    /** The error that a cell ended in: the last, for one over its time limit says that it was interrupted, and then why. */
    static Optional<JsonObject> of(NotebookCell cell) {
        Optional<JsonObject> last = Optional.empty();
        for (JsonElement output : cell.outputs()) {
            if (output instanceof JsonObject object
                    && Outputs.text(object.get("output_type")).equals("error")) {
                last = Optional.of(object);
            }
        }
        return last;
    }

    private static boolean isMeant(NotebookCell cell) {
        return cell.metadata().get("tags") instanceof JsonArray tags && tags.contains(new JsonPrimitive(MEANT));
    }

    private static boolean isUnanswered(NotebookCell cell, JsonObject error) {
        return cell.source().contains(UNANSWERED)
                && Outputs.text(error.get("evalue")).contains(UNANSWERED);
    }

    /** Whether the code for an exercise that was handed out still stands where the answer should. */
    static boolean isUnanswered(NotebookFile notebook, String exercise) {
        return notebook.cells().stream()
                .anyMatch(cell -> cell.isCode() && cell.source().contains("Exercise " + exercise + " " + UNANSWERED));
    }

    private static String text(JsonObject error) {
        String message = Outputs.text(error.get("evalue")).lines().findFirst().orElse("");
        String all = Outputs.text(error.get("ename")) + (message.isEmpty() ? "" : ": " + message);
        return (all.length() > LONGEST ? all.substring(0, LONGEST) + "…" : all).replaceFirst("[.\\s]+$", "");
    }
}
