package org.scorebook.grading;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.scorebook.ipynb.NotebookCell;

/** What a cell's error says. */
final class ErrorText {
    private static final int LONGEST = 600;

    private ErrorText() {}

    /** Its message; nothing where there is no error. */
    static String text(NotebookCell cell) {
        for (JsonElement output : cell.outputs()) {
            if (output instanceof JsonObject error
                    && error.has("evalue")
                    && error.get("evalue").isJsonPrimitive()) {
                String text = error.get("evalue")
                        .getAsString()
                        .replaceAll("\u001b\\[[0-9;]*m", "")
                        .strip();
                return text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
            }
        }
        return "";
    }
}
