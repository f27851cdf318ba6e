package org.scorebook.grading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;

/** From how the cells ended to points. */
final class Assessment {
    private Assessment() {}

    static List<ExerciseMark> of(
            ReferenceNotebook reference, Restored restored, NotebookRun run, MarkingOptions options) {
        List<ExerciseMark> marks = new ArrayList<>();
        List<NotebookCell> cells = run.notebook().cells();
        for (Exercise exercise : reference.exercises()) {
            if (options.counts(exercise.number())) {
                marks.add(mark(exercise, restored, cells, run.outcomes()));
            }
        }
        return marks;
    }

    /** Several checks share the points as evenly as whole numbers can; the first ones get what is over. */
    private static ExerciseMark mark(
            Exercise exercise, Restored restored, List<NotebookCell> cells, Map<Integer, CellOutcome> outcomes) {
        String number = exercise.number();
        List<Integer> places = restored.checks().getOrDefault(number, List.of());
        int of = exercise.points();
        int points = 0;
        String verdict = "passed";
        String message = "";
        for (int i = 0; i < places.size(); i++) {
            CellOutcome outcome = outcomes.get(places.get(i));
            String each = verdict(outcome, cells.get(places.get(i)));
            if (each.equals("passed")) {
                points += of / places.size() + (i < of % places.size() ? 1 : 0);
            } else if (verdict.equals("passed")) {
                verdict = each;
                message = message(outcome, cells.get(places.get(i)));
            }
        }
        if (verdict.equals("failed")) {
            ExerciseMark cause = causeIn(restored.answers().getOrDefault(number, List.of()), cells, outcomes);
            verdict = cause == null ? verdict : cause.verdict();
            message = cause == null ? message : cause.message();
        }
        String withheld = restored.withheld().get(number);
        return points > 0 && withheld != null
                ? new ExerciseMark(number, 0, of, "withheld", withheld)
                : new ExerciseMark(number, points, of, verdict, message);
    }

    /** Verdict and message where the answer's own cell did not end well, which tells more than the check; else null. */
    private static ExerciseMark causeIn(
            List<Integer> places, List<NotebookCell> cells, Map<Integer, CellOutcome> outcomes) {
        for (int place : places) {
            CellOutcome outcome = outcomes.get(place);
            if (outcome != null
                    && !outcome.state().equals("ok")
                    && !outcome.state().equals("started")) {
                return new ExerciseMark(
                        "",
                        0,
                        0,
                        verdict(outcome, cells.get(place)),
                        "the answer's own cell failed: " + message(outcome, cells.get(place)));
            }
        }
        return null;
    }

    private static String verdict(CellOutcome outcome, NotebookCell cell) {
        if (outcome == null || outcome.state().equals("started")) {
            return "not run";
        }
        return switch (outcome.state()) {
            case "ok" -> "passed";
            case "error" -> ErrorText.text(cell).contains("not answered yet") ? "unanswered" : "failed";
            default -> outcome.state();
        };
    }

    private static String message(CellOutcome outcome, NotebookCell cell) {
        if (outcome == null) {
            return "the notebook's time was over, or its kernel could not be started again";
        }
        return outcome.reason().isEmpty() ? ErrorText.text(cell) : outcome.reason();
    }
}
