package org.scorebook.course;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Finds out whether a gradient does not reach the array that is asked for it. */
final class LostGradient {
    private static final List<String> CUT = List.of("does not require grad", "is not part of a graph");
    private static final List<String> UNTRACKED = List.of("No gradient attached");

    private LostGradient() {}

    /** The hint; empty where the engine does not say so of all that failed, and not all of that is a gradient of 0. */
    static String hint(List<Trial> trials) {
        if (failed(trials, trial -> says(trial, CUT))) {
            return "nothing that is tracked leads to what is differentiated: is setRequiresGradient missing, or the graph cut?";
        }
        if (failed(trials, trial -> says(trial, UNTRACKED))) {
            return "the array that is asked for its gradient is not tracked: is setRequiresGradient missing, or is it a detached copy?";
        }
        boolean differentiated =
                trials.stream().anyMatch(trial -> trial.judge() instanceof Called called && called.differentiates());
        return differentiated && failed(trials, LostGradient::isZero)
                ? "a gradient of 0: is the array cut from what is differentiated (stopGradient, or an array made anew)?"
                : "";
    }

    private static boolean failed(List<Trial> trials, Predicate<Trial> so) {
        return trials.stream().allMatch(trial -> trial.passed() || so.test(trial));
    }

    private static boolean says(Trial trial, List<String> words) {
        return trial.thrown() != null && words.stream().anyMatch(trial.thrown().problem()::contains);
    }

    private static boolean isZero(Trial trial) {
        Numbers numbers = trial.numbers();
        return numbers != null && Arrays.stream(numbers.values()).allMatch(value -> value == 0);
    }
}
