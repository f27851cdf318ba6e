package org.scorebook.course;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** How the checks of an exercise went. */
final class Report {
    private static final Duration DIAGNOSIS = Duration.ofSeconds(10);

    private final String exercise;
    private final int points;
    private final List<Trial> trials;

    Report(String exercise, int points, List<Trial> trials) {
        this.exercise = exercise;
        this.points = points;
        this.trials = trials;
    }

    /** @param fallback the hint where none is found */
    void run(String fallback) {
        if (trials.isEmpty()) {
            throw new IllegalStateException("exercise " + exercise + " must check something");
        }
        for (Trial trial : trials) {
            trial.run();
            print(trial);
        }
        List<Trial> failed = trials.stream().filter(trial -> !trial.passed()).toList();
        int reached = failed.isEmpty() ? points : 0;
        Scores.put(exercise, reached, points);
        String hint = hint(failed, fallback);
        if (!hint.isEmpty()) {
            Wording.print(hint);
        }
        Wording.print("Exercise " + exercise + ": " + reached + " of " + Wording.count(points, "point"));
        if (!failed.isEmpty()) {
            throw new CheckFailed(message(failed, hint), cause(failed));
        }
    }

    private static void print(Trial trial) {
        Wording.print(trial.line());
        if (trial.thrown() != null && !trial.thrown().frame().isEmpty()) {
            System.out.print(trial.thrown().frame() + "\n"); // as text, in which Scorebook's kernel finds cell and line
        }
    }

    private String hint(List<Trial> failed, String fallback) {
        boolean unanswered =
                failed.stream().anyMatch(t -> t.thrown() != null && t.thrown().isNotAnswered());
        if (failed.isEmpty() || unanswered) {
            return "";
        }
        String found = Diagnosis.hint(trials, DIAGNOSIS);
        String hint = found.isEmpty() ? fallback : found;
        return hint.isEmpty() ? "" : "Hint: " + hint;
    }

    private String message(List<Trial> failed, String hint) {
        return "Exercise " + exercise + ": " + failed.size() + " of " + Wording.count(trials.size(), "check")
                + " failed. " + failed.get(0).problem() + (hint.isEmpty() ? "" : ". " + hint);
    }

    private static Throwable cause(List<Trial> failed) {
        return failed.stream()
                .map(Trial::thrown)
                .filter(Objects::nonNull)
                .map(Thrown::cause)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
