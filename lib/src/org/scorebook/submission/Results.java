package org.scorebook.submission;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scorebook.ipynb.NotebookFile;

/**
 * The file {@value #FILE} of a submission. It follows from the notebooks but for two things.
 *
 * @param name of the student
 * @param withoutPdf why there are no PDFs; empty where there are
 * @param allowed kinds of reasons that the student has said are no mistake, as they are typed
 * @param notebooks with their outputs
 */
record Results(String name, String withoutPdf, List<String> allowed, List<NotebookFile> notebooks) {
    static final String FILE = "results.json";

    /** Goes up when a field changes its meaning. */
    private static final int FORMAT = 1;

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    Results {
        allowed = List.copyOf(allowed);
        notebooks = List.copyOf(notebooks);
    }

    int points() {
        return notebooks.stream()
                .flatMap(notebook -> ExerciseResult.of(notebook).stream())
                .mapToInt(ExerciseResult::points)
                .sum();
    }

    int possible() {
        return notebooks.stream()
                .flatMap(notebook -> ExerciseResult.of(notebook).stream())
                .mapToInt(ExerciseResult::possible)
                .sum();
    }

    String text() {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("name", name);
        json.addProperty("points", points());
        json.addProperty("possible", possible());
        json.addProperty("without_pdf", withoutPdf);
        JsonArray kinds = new JsonArray();
        allowed.forEach(kinds::add);
        json.add("allowed", kinds);
        JsonArray array = new JsonArray();
        notebooks.forEach(notebook -> array.add(json(notebook)));
        json.add("notebooks", array);
        return GSON.toJson(json) + "\n";
    }

    private JsonObject json(NotebookFile notebook) {
        List<ExerciseResult> exercises = ExerciseResult.of(notebook);
        JsonObject json = new JsonObject();
        json.addProperty("file", notebook.name() + NotebookFile.SUFFIX);
        json.addProperty(
                "points", exercises.stream().mapToInt(ExerciseResult::points).sum());
        json.addProperty(
                "possible",
                exercises.stream().mapToInt(ExerciseResult::possible).sum());
        JsonArray array = new JsonArray();
        exercises.forEach(exercise -> array.add(exercise.toJson()));
        json.add("exercises", array);
        return json;
    }

    /** Those of a file that do not follow from the notebooks, beside these; nothing where the text is no such file. */
    static Optional<Results> read(String text, List<NotebookFile> notebooks) {
        try {
            if (GSON.fromJson(text, JsonElement.class) instanceof JsonObject json
                    && Outputs.text(json.get("format")).equals(Integer.toString(FORMAT))
                    && json.get("allowed") instanceof JsonArray kinds) {
                List<String> allowed = new ArrayList<>();
                kinds.forEach(kind -> allowed.add(Outputs.text(kind)));
                String name = new StudentName(Outputs.text(json.get("name"))).text();
                return Set.of("errors", "paths").containsAll(allowed)
                        ? Optional.of(new Results(name, Outputs.text(json.get("without_pdf")), allowed, notebooks))
                        : Optional.empty();
            }
        } catch (JsonParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
