package org.scorebook.submission;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * What an execution by this command leaves in a notebook's metadata: where and when it was, and a hash of each code cell, of the
 * library's version and the code, and one of what it shows. Code that was changed later, or executed again, no longer matches.
 *
 * @param execution where and when it was
 * @param code a hash for each code cell that is not blank, in order
 * @param outputs the same of what they show
 */
record ExecutionMark(Execution execution, List<String> code, List<String> outputs) {
    /** In the notebook's metadata. */
    private static final String FIELD = "scorebook_execution";

    /** Enough that two texts that differ do not have the same by chance. */
    private static final int DIGITS = 24;

    ExecutionMark {
        code = List.copyOf(code);
        outputs = List.copyOf(outputs);
    }

    /** Marks a notebook as it has just been executed. */
    static void put(NotebookFile notebook, Execution execution) {
        ExecutionMark mark = of(notebook, execution);
        JsonObject json = execution.toJson();
        json.add("code", array(mark.code));
        json.add("outputs", array(mark.outputs));
        notebook.metadata().add(FIELD, json);
    }

    private static ExecutionMark of(NotebookFile notebook, Execution execution) {
        List<NotebookCell> cells =
                notebook.cells().stream().filter(ExecutionOrder::isExecutable).toList();
        return new ExecutionMark(
                execution,
                cells.stream()
                        .map(cell -> hash(execution.scorebook() + "\n" + cell.source()))
                        .toList(),
                cells.stream().map(cell -> hash(Outputs.canonical(cell))).toList());
    }

    private static String hash(String text) {
        return Sha256.of(text).substring(0, DIGITS);
    }

    private static JsonArray array(List<String> hashes) {
        JsonArray array = new JsonArray();
        hashes.forEach(hash -> array.add(new JsonPrimitive(hash)));
        return array;
    }

    /** The mark of a notebook, if it has one that is whole. */
    static Optional<ExecutionMark> in(NotebookFile notebook) {
        if (!(notebook.metadata().get(FIELD) instanceof JsonObject json)) {
            return Optional.empty();
        }
        return Execution.of(json)
                .map(execution -> new ExecutionMark(execution, list(json, "code"), list(json, "outputs")));
    }

    private static List<String> list(JsonObject json, String field) {
        List<String> hashes = new ArrayList<>();
        if (json.get(field) instanceof JsonArray array) {
            array.forEach(hash -> hashes.add(Outputs.text(hash)));
        }
        return hashes;
    }

    /** Why the outputs of a notebook are not those that its code gave when it was executed. */
    static List<Objection> reasons(NotebookFile notebook) {
        Optional<ExecutionMark> found = in(notebook);
        if (found.isEmpty()) {
            return List.of(changed(notebook.name() + " has no mark of an execution by this command."));
        }
        ExecutionMark mark = found.get();
        ExecutionMark now = of(notebook, mark.execution);
        if (mark.code.size() != now.code.size() || mark.outputs.size() != now.code.size()) {
            return List.of(changed(notebook.name() + " has " + now.code.size() + " code cells, but " + mark.code.size()
                    + " were executed."));
        }
        return mark.differences(notebook, now);
    }

    private List<Objection> differences(NotebookFile notebook, ExecutionMark now) {
        List<Objection> reasons = new ArrayList<>();
        List<NotebookCell> cells = notebook.cells();
        int place = 0;
        for (int i = 0; i < cells.size(); i++) {
            if (!ExecutionOrder.isExecutable(cells.get(i))) {
                continue;
            }
            if (!code.get(place).equals(now.code.get(place))) {
                reasons.add(changed(CellPlace.of(notebook, i) + " is not as it was executed: its code was changed."));
            } else if (!outputs.get(place).equals(now.outputs.get(place))) {
                reasons.add(changed(CellPlace.of(notebook, i) + " does not show what it showed when it was executed."));
            }
            place++;
        }
        return reasons;
    }

    private static Objection changed(String sentence) {
        return new Objection(Objection.Kind.CHANGED, sentence);
    }
}
