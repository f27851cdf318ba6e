package org.scorebook.submission;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.List;
import org.scorebook.base.DamagedFile;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** A notebook from others, with all looked at that is read of it later. */
final class NotebookForm {
    private static final String HELP = "it must be a notebook in nbformat 4, as Jupyter writes it";
    private static final int MOST_POINTS_DIGITS = 4;

    private NotebookForm() {}

    /** @throws DamagedFile where it is none */
    static NotebookFile read(Path path, String text) throws DamagedFile {
        try {
            NotebookFile notebook = NotebookFile.parse(path, text);
            List<NotebookCell> cells = notebook.cells();
            for (int i = 0; i < cells.size(); i++) {
                require(path, cells.get(i), i);
            }
            notebook.text();
            return notebook;
        } catch (StackOverflowError e) {
            throw new DamagedFile(path, "is nested too deeply", HELP, e);
        }
    }

    private static void require(Path path, NotebookCell cell, int position) throws DamagedFile {
        if (!List.of("code", "markdown", "raw").contains(cell.type())) {
            throw bad(path, position, "of a type that there is not");
        }
        if (!cell.isCode()) {
            return;
        }
        JsonElement count = cell.json().get("execution_count");
        boolean number = count instanceof JsonPrimitive given
                && given.isNumber()
                && given.getAsString().matches("\\d{1,9}");
        if (count != null && !count.isJsonNull() && !number) {
            throw bad(path, position, "whose number of execution is none");
        }
        if (!(cell.json().get("outputs") instanceof JsonArray outputs) || !areOutputs(outputs)) {
            throw bad(path, position, "whose outputs are none");
        }
        if (Exercise.isCheck(cell) && !points(cell)) {
            throw bad(path, position, "whose exercise has more points than there are");
        }
    }

    private static boolean areOutputs(JsonArray outputs) {
        for (JsonElement output : outputs) {
            if (!(output instanceof JsonObject object)
                    || Outputs.text(object.get("output_type")).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a check has no number that is too long for points. */
    private static boolean points(NotebookCell check) {
        return !check.source()
                .matches("(?s).*Check\\s*\\.\\s*exercise\\([^)]*,\\s*\\d{" + (MOST_POINTS_DIGITS + 1) + ",}.*");
    }

    private static DamagedFile bad(Path path, int position, String what) {
        return new DamagedFile(path, "has a cell " + what + " at position " + (position + 1), HELP, null);
    }
}
