package org.scorebook.submission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.ipynb.NotebookFile;

/** What a student should know of a submission that can be handed in. */
final class Remarks {
    private Remarks() {}

    /** @param handedOut the folder of the notebooks that the exercises come from */
    static List<String> of(Results results, Path handedOut) {
        List<String> remarks = new ArrayList<>();
        for (NotebookFile notebook : results.notebooks()) {
            List<ExerciseResult> exercises = ExerciseResult.of(notebook);
            if (exercises.isEmpty()) {
                remarks.add(notebook.name() + " has no exercise with a check, so it earns no points.");
            }
            for (String number : missing(exercises, handedOut.resolve(notebook.path()))) {
                remarks.add(
                        notebook.name() + ", exercise " + number + " has no check any more, so it earns no points.");
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

    /** The exercises that a notebook of the course has and one of the same name here has not. */
    private static List<String> missing(List<ExerciseResult> here, Path handedOut) {
        try {
            return Files.exists(handedOut)
                    ? ExerciseResult.of(NotebookFile.read(handedOut)).stream()
                            .map(ExerciseResult::exercise)
                            .filter(number -> here.stream()
                                    .noneMatch(each -> each.exercise().equals(number)))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of(); // what is compared with is no part of what is handed in
        }
    }
}
