package org.scorebook.submission;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.TreeSet;
import org.scorebook.ipynb.NotebookCell;

/** What a cell shows, in a form that does not depend on the program that has saved it. */
final class Outputs {
    private Outputs() {}

    /** Text, which a notebook may hold as a list of lines; of anything else nothing. */
    static String text(JsonElement json) {
        if (json instanceof JsonArray lines) {
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append(text(line)));
            return text.toString();
        }
        return json != null && json.isJsonPrimitive() ? json.getAsString() : "";
    }

    /** All that people see of a cell's outputs: not the numbers of executions, which are compared by themselves. */
    static String canonical(NotebookCell cell) {
        StringBuilder text = new StringBuilder();
        for (JsonElement output : cell.outputs()) {
            if (output instanceof JsonObject object) {
                append(text, object, "output_type", "name", "text", "ename", "evalue", "traceback");
                if (object.get("data") instanceof JsonObject data) {
                    new TreeSet<>(data.keySet()).forEach(type -> append(text, type, data.get(type)));
                }
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, JsonObject output, String... fields) {
        for (String field : fields) {
            if (output.has(field)) {
                append(text, field, output.get(field));
            }
        }
    }

    private static void append(StringBuilder text, String field, JsonElement value) {
        String shown = value.isJsonObject() ? value.toString() : text(value);
        text.append(field)
                .append(' ')
                .append(shown.length())
                .append('\n')
                .append(shown)
                .append('\n');
    }
}
