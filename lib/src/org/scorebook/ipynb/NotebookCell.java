package org.scorebook.ipynb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.OptionalInt;
import org.scorebook.base.Require;

/** One cell of a notebook: a view of its JSON, in which changes are made. */
public final class NotebookCell {
    private final JsonObject json;

    NotebookCell(JsonObject json) {
        this.json = json;
    }

    static boolean isOne(JsonElement json) {
        return json instanceof JsonObject cell
                && isText(cell.get("cell_type"))
                && (isText(cell.get("source")) || isLines(cell.get("source")));
    }

    private static boolean isText(JsonElement json) {
        return json != null
                && json.isJsonPrimitive()
                && json.getAsJsonPrimitive().isString();
    }

    private static boolean isLines(JsonElement json) {
        if (!(json instanceof JsonArray lines)) {
            return false;
        }
        for (JsonElement line : lines) {
            if (!isText(line)) {
                return false;
            }
        }
        return true;
    }

    /** One whose JSON is at hand: an object with a type and a source. */
    public static NotebookCell of(JsonObject json) {
        return new NotebookCell(Require.given("json", json));
    }

    /** A cell that shares nothing with this one. */
    public static NotebookCell copyOf(NotebookCell cell) {
        return new NotebookCell(Require.given("cell", cell).json.deepCopy());
    }

    /** The JSON itself. */
    public JsonObject json() {
        return json;
    }

    /** Its ID, which notebooks before nbformat 4.5 do not have. */
    public Optional<String> id() {
        return isText(json.get("id")) ? Optional.of(json.get("id").getAsString()) : Optional.empty();
    }

    /** {@code code}, {@code markdown} or {@code raw}. */
    public String type() {
        return json.get("cell_type").getAsString();
    }

    /** Whether a kernel executes it. */
    public boolean isCode() {
        return type().equals("code");
    }

    /** Its text. */
    public String source() {
        JsonElement source = json.get("source");
        if (isText(source)) {
            return source.getAsString();
        }
        StringBuilder text = new StringBuilder();
        source.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
        return text.toString();
    }

    /** Gives it another text. */
    public void setSource(String source) {
        JsonArray lines = new JsonArray();
        for (String line : Require.given("source", source).split("(?<=\n)")) {
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        json.add("source", lines);
    }

    /** Its metadata, to be read and changed. */
    public JsonObject metadata() {
        if (!(json.get("metadata") instanceof JsonObject)) {
            json.add("metadata", new JsonObject());
        }
        return json.getAsJsonObject("metadata");
    }

    /** What a code cell has shown; nothing for other cells. */
    public JsonArray outputs() {
        return json.get("outputs") instanceof JsonArray outputs ? outputs : new JsonArray();
    }

    /** The number of its execution; nothing for one that was not executed. */
    public OptionalInt executionCount() {
        JsonElement count = json.get("execution_count");
        return count == null || count.isJsonNull() ? OptionalInt.empty() : OptionalInt.of(count.getAsInt());
    }

    /** Takes from a code cell what its execution has left; leaves other cells as they are. */
    public void clear() {
        if (isCode()) {
            json.add("outputs", new JsonArray());
            json.add("execution_count", JsonNull.INSTANCE);
        }
    }
}
