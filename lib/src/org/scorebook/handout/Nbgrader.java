package org.scorebook.handout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scorebook.ipynb.Exercise;

/**
 * The metadata by which nbgrader knows answers and checks, in version 3 of its schema, and by which Jupyter protects them: a check
 * can be neither changed nor deleted, an answer not deleted.
 *
 * @see <a href="https://github.com/jupyter/nbgrader/blob/main/nbgrader/nbgraderformat/v3.json">the schema</a>
 */
final class Nbgrader {
    private static final String NAME = "nbgrader";
    private static final int SCHEMA = 3;

    private Nbgrader() {}

    /** Marks the cells of all exercises of a notebook. Points of an exercise with several checks are spread evenly, as whole numbers. */
    static void mark(List<Exercise> exercises) {
        Set<String> used = new HashSet<>();
        for (Exercise exercise : exercises) {
            for (int i = 0; i < exercise.answers().size(); i++) {
                JsonObject fields = fields(unused("", exercise, i, used), true);
                Map.of("deletable", no(), NAME, fields)
                        .forEach(exercise.answers().get(i).metadata()::add);
            }
            int checks = exercise.checks().size();
            for (int i = 0; i < checks; i++) {
                JsonObject fields = fields(unused("-check", exercise, i, used), false);
                fields.addProperty("points", (exercise.points() + checks - 1 - i) / checks);
                Map.of("deletable", no(), "editable", no(), NAME, fields)
                        .forEach(exercise.checks().get(i).metadata()::add);
            }
        }
    }

    private static JsonObject fields(String id, boolean solution) {
        JsonObject fields = new JsonObject();
        fields.addProperty("grade", !solution);
        fields.addProperty("grade_id", id);
        fields.addProperty("locked", !solution);
        fields.addProperty("schema_version", SCHEMA);
        fields.addProperty("solution", solution);
        fields.addProperty("task", false);
        return fields;
    }

    private static JsonElement no() {
        return new JsonPrimitive(false);
    }

    /** {@code exercise-2} or {@code exercise-2-check}; from the second cell on with a letter, {@code exercise-2-b}. */
    private static String unused(String suffix, Exercise exercise, int place, Set<String> used) {
        String letter = place == 0 ? "" : "-" + (char) ('a' + place);
        String id = "exercise-" + exercise.number().replaceAll("[^a-zA-Z0-9_-]", "-") + suffix + letter;
        if (!used.add(id)) {
            throw new IllegalArgumentException("exercise " + exercise.number()
                    + " must have a number that differs from the others' in letters and digits: " + id + " is taken");
        }
        return id;
    }
}
