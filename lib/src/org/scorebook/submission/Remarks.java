package org.scorebook.submission;

import java.util.ArrayList;
import java.util.List;
import org.scorebook.ipynb.NotebookFile;

/** What a student should know of a submission that can be handed in. */
final class Remarks {
    private Remarks() {}

    static List<String> of(Results results) {
        List<String> remarks = new ArrayList<>();
        for (NotebookFile notebook : results.notebooks()) {
            List<ExerciseResult> exercises = ExerciseResult.of(notebook);
            if (exercises.isEmpty()) {
                remarks.add(notebook.name() + " has no exercise with a check, so it earns no points.");
            }
            for (ExerciseResult exercise : exercises) {
                String points = exercise.points() + " of " + exercise.possible() + " points.";
                if (exercise.state().equals("unanswered")) {
                    remarks.add(notebook.name() + ", exercise " + exercise.exercise() + " is not answered: " + points);
                } else if (!exercise.state().equals("passed")) {
                    remarks.add(notebook.name() + ", exercise " + exercise.exercise() + " does not pass its check: "
                            + points);
                }
            }
        }
        if (!results.withoutPdf().isEmpty()) {
            remarks.add("There is no PDF in it: " + results.withoutPdf() + ". The pages are there.");
        }
        return remarks;
    }
}
