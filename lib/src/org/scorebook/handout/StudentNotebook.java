package org.scorebook.handout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import org.scorebook.base.Require;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * A notebook as it is handed out: nothing in it comes from a run, but the pictures of cells with the tag {@value #KEEP_OUTPUT}, which
 * belong to a question; cells of exercises have nbgrader's metadata. IDs of cells and the kernel stay as they are.
 */
public final class StudentNotebook {
    /** The tag of a cell whose pictures stay in its output. */
    public static final String KEEP_OUTPUT = "keep-output";

    /** Metadata that programs leave behind which execute a notebook: times, paths, the state of controls. */
    private static final List<String> OF_A_RUN =
            List.of("ExecuteTime", "execution", "papermill", "widgets", "vscode", "scrolled", "collapsed");

    private StudentNotebook() {}

    /**
     * The one for students, with a statement that throws in place of each solution.
     *
     * @throws IllegalArgumentException where a solution cannot be taken out: the sentence names notebook, cell and reason
     */
    public static NotebookFile of(NotebookFile solved) {
        NotebookFile handedOut = withSolutions(solved);
        for (Exercise exercise : Exercise.of(handedOut)) {
            for (NotebookCell answer : exercise.answers()) {
                answer.setSource(withoutSolution(handedOut, answer, exercise.number()));
            }
        }
        return handedOut;
    }

    /** The one for instructors, with solutions between their markers: nbgrader's source form. */
    public static NotebookFile withSolutions(NotebookFile solved) {
        NotebookFile handedOut = Require.given("solved", solved).copy();
        handedOut.cells().forEach(StudentNotebook::clear);
        OF_A_RUN.forEach(handedOut.metadata()::remove);
        Nbgrader.mark(Exercise.of(handedOut));
        handedOut.cells().forEach(cell -> JupyterOrder.apply(cell.json()));
        JupyterOrder.apply(handedOut.metadata());
        return handedOut;
    }

    private static String withoutSolution(NotebookFile notebook, NotebookCell answer, String exercise) {
        try {
            return Stub.of(answer.source(), exercise);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    notebook.path() + ", cell " + answer.id().orElse("without ID") + ": " + e.getMessage() + ".", e);
        }
    }

    private static void clear(NotebookCell cell) {
        JsonArray kept = new JsonArray();
        if (cell.metadata().get("tags") instanceof JsonArray tags && contains(tags, KEEP_OUTPUT)) {
            cell.outputs().forEach(output -> addPicture(output, kept));
        }
        cell.clear();
        if (kept.size() > 0) {
            cell.json().add("outputs", kept);
        }
        OF_A_RUN.forEach(cell.metadata()::remove);
    }

    private static boolean contains(JsonArray tags, String tag) {
        for (JsonElement each : tags) {
            if (each.isJsonPrimitive() && each.getAsString().equals(tag)) {
                return true;
            }
        }
        return false;
    }

    private static void addPicture(JsonElement output, JsonArray kept) {
        if (!(output instanceof JsonObject object) || !(object.get("data") instanceof JsonObject data)) {
            return;
        }
        if (data.keySet().stream().anyMatch(type -> type.startsWith("image/"))) {
            if (object.has("execution_count")) {
                object.add("execution_count", JsonNull.INSTANCE);
            }
            kept.add(object);
        }
    }
}
