package org.scorebook.submission;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scorebook.base.DamagedFile;
import org.scorebook.ipynb.NotebookFile;

/** Notebooks and the files of submissions as an execution would leave them, made without one. */
final class Handed {
    static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    static final String FOLDER = "submission-Ada";
    static final String PRINTED = "{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": [\"a\\n\", \"b\"]}";
    static final String FAILED =
            "{\"output_type\": \"error\", \"ename\": \"CheckFailed\", \"evalue\": \"wrong\", \"traceback\": []}";

    private Handed() {}

    /** A code cell; without outputs where there are none. */
    static String code(Integer count, String source, String... outputs) {
        return "{\"cell_type\": \"code\", \"execution_count\": " + count + ", \"metadata\": {}, \"outputs\": ["
                + String.join(", ", outputs) + "], \"source\": \""
                + source.replace("\\", "\\\\").replace("\"", "\\\"")
                + "\"}";
    }

    static String text(String source) {
        return "{\"cell_type\": \"markdown\", \"metadata\": {}, \"source\": \""
                + source.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    static NotebookFile notebook(String name, String... cells) throws DamagedFile {
        return NotebookForm.read(
                Path.of(name + NotebookFile.SUFFIX),
                "{\"cells\": [" + String.join(", ", cells)
                        + "], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}");
    }

    /** One with two exercises, of which the first has earned its two points. */
    static NotebookFile executed() throws DamagedFile {
        NotebookFile notebook = notebook(
                "01-small",
                text("# Small"),
                code(1, "Torch.manager(7)", PRINTED),
                code(2, "double w = 3; // your answer"),
                code(3, "Check.exercise(\"1\", 2).close(\"w\", w, 3, 0)", PRINTED),
                code(4, "Check.exercise(\"2\").close(\"w\", w, 4, 0)", FAILED));
        ExecutionMark.put(notebook, execution());
        return notebook;
    }

    static Execution execution() {
        Map<String, String> versions = new HashMap<>();
        Execution.FIELDS.forEach(field -> versions.put(field, field + " 1"));
        return new Execution(TIME, 1.5, "quick", versions);
    }

    /** The files of a whole submission of this notebook. */
    static SortedMap<String, byte[]> files(NotebookFile notebook) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        List<NotebookFile> all = List.of(notebook);
        put(files, notebook.name() + ".ipynb", notebook.text());
        put(files, notebook.name() + ".html", "<p>page</p>".repeat(200));
        put(files, notebook.name() + ".pdf", "%PDF-1.4");
        put(files, Results.FILE, new Results("Ada", "", List.of(), all).text());
        put(files, EnvironmentText.FILE, EnvironmentText.of(all));
        return files;
    }

    static void put(Map<String, byte[]> files, String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] zip(SortedMap<String, byte[]> files) {
        return Archive.of(FOLDER, files, TIME);
    }
}
