package org.scorebook.ipynb;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Require;
import org.scorebook.base.TextFile;

/**
 * A notebook as it is stored, in nbformat 4. What is not asked for is kept as it was read, and an unchanged notebook that Jupyter
 * has written is written again byte for byte.
 *
 * @see <a href="https://nbformat.readthedocs.io/en/latest/format_description.html">nbformat</a>
 */
public final class NotebookFile {
    /** The end of the name of a notebook's file. */
    public static final String SUFFIX = ".ipynb";

    private static final String HELP = "it must be a notebook in nbformat 4, as Jupyter writes it";
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final Path path;
    private final JsonObject json;

    private NotebookFile(Path path, JsonObject json) {
        this.path = path;
        this.json = json;
    }

    /**
     * Reads one.
     *
     * @throws DamagedFile where the file is no notebook of this format
     */
    public static NotebookFile read(Path path) throws IOException {
        return parse(Require.given("path", path), TextFile.read(path, HELP));
    }

    /**
     * One whose text is at hand.
     *
     * @param path what it is called, which need not exist
     * @throws DamagedFile where the text is no notebook of this format
     */
    public static NotebookFile parse(Path path, String text) throws DamagedFile {
        JsonObject json = object(path, text);
        JsonElement version = json.get("nbformat");
        if (version == null
                || !version.isJsonPrimitive()
                || !version.getAsString().equals("4")) {
            throw new DamagedFile(path, "has nbformat " + version, HELP, null);
        }
        if (!(json.get("cells") instanceof JsonArray cells)) {
            throw new DamagedFile(path, "has no list of cells", HELP, null);
        }
        for (int i = 0; i < cells.size(); i++) {
            if (!NotebookCell.isOne(cells.get(i))) {
                throw new DamagedFile(path, "has a cell without type and source at position " + i, HELP, null);
            }
        }
        return new NotebookFile(path, json);
    }

    private static JsonObject object(Path path, String text) throws DamagedFile {
        try {
            if (GSON.fromJson(text, JsonElement.class) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            throw new DamagedFile(path, e, HELP);
        }
        throw new DamagedFile(path, "is no JSON object", HELP, null);
    }

    /** Where it was read from. */
    public Path path() {
        return path;
    }

    /** The file's name without its ending, such as {@code 01-score-matching}. */
    public String name() {
        String name = path.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** The cells, in order. What is changed at one is changed in this notebook. */
    public List<NotebookCell> cells() {
        List<NotebookCell> cells = new ArrayList<>();
        json.getAsJsonArray("cells").forEach(cell -> cells.add(new NotebookCell(cell.getAsJsonObject())));
        return cells;
    }

    /** Puts other cells in place of those that are there; one may be from another notebook. */
    public void setCells(List<NotebookCell> cells) {
        JsonArray array = new JsonArray();
        cells.forEach(cell -> array.add(cell.json()));
        json.add("cells", array);
    }

    /** Makes it nbformat 4.5, in which each cell has an ID: one that has none, or another's, gets one by its place. */
    public void giveIds() {
        json.addProperty("nbformat", 4);
        json.addProperty("nbformat_minor", 5);
        Set<String> seen = new HashSet<>();
        int place = 0;
        for (NotebookCell cell : cells()) {
            if (cell.id().filter(seen::add).isEmpty()) {
                cell.json().addProperty("id", "cell-" + place);
                seen.add("cell-" + place);
            }
            place++;
        }
    }

    /** The notebook's own metadata, to be read and changed. */
    public JsonObject metadata() {
        if (!(json.get("metadata") instanceof JsonObject)) {
            json.add("metadata", new JsonObject());
        }
        return json.getAsJsonObject("metadata");
    }

    /** A copy that shares nothing with this one. */
    public NotebookFile copy() {
        return new NotebookFile(path, json.deepCopy());
    }

    /** The text of the file, as Jupyter formats it. */
    public String text() {
        StringWriter text = new StringWriter();
        JsonWriter writer = new JsonWriter(text);
        writer.setIndent(" ");
        writer.setHtmlSafe(false);
        writer.setSerializeNulls(true);
        GSON.toJson(json, writer);
        return text + "\n";
    }

    /** Writes it, whole or not at all. */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, text().getBytes(StandardCharsets.UTF_8));
    }
}
