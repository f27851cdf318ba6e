package org.scorebook.handout;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.scorebook.ipynb.NotebookFile;

/** Notebooks for tests: the project's own, and small ones. */
final class Notebooks {
    private Notebooks() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(NotebookFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** One of code cells with the IDs c0, c1, ..., as if it had been executed. */
    static NotebookFile of(String name, String... sources) throws IOException {
        JsonArray cells = new JsonArray();
        for (int i = 0; i < sources.length; i++) {
            JsonObject cell = new JsonObject();
            cell.addProperty("cell_type", "code");
            cell.addProperty("execution_count", i + 1);
            cell.addProperty("id", "c" + i);
            cell.add("metadata", new JsonObject());
            cell.add("outputs", new JsonArray());
            cell.addProperty("source", sources[i]);
            cells.add(cell);
        }
        JsonObject notebook = new JsonObject();
        notebook.add("cells", cells);
        notebook.add("metadata", new JsonObject());
        notebook.addProperty("nbformat", 4);
        notebook.addProperty("nbformat_minor", 5);
        return NotebookFile.parse(Path.of(name), notebook.toString());
    }

    /** One of an exercise: a cell with an answer, and its check. */
    static NotebookFile exercise(String answer) throws IOException {
        return of(
                "some.ipynb",
                answer,
                "import org.scorebook.course.Check;\nCheck.exercise(\"1\").holds(\"so\", () -> true)");
    }
}
