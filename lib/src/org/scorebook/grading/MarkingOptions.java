package org.scorebook.grading;

import java.util.Set;
import org.scorebook.base.Require;
import org.scorebook.sandbox.SandboxLimits;

/**
 * How hand-ins are marked.
 *
 * @param exercises the numbers of those that count; all where there are none
 * @param cellSeconds for one cell
 * @param seconds for one notebook
 * @param limits what its kernel can use
 * @param budget {@code quick} or {@code full}, which cells read
 */
public record MarkingOptions(Set<String> exercises, int cellSeconds, int seconds, SandboxLimits limits, String budget) {
    /** Copies the set; requires positive times. */
    public MarkingOptions {
        exercises = Set.copyOf(exercises);
        Require.positive("cell seconds", cellSeconds);
        Require.positive("seconds", seconds);
        Require.given("limits", limits);
        Require.given("budget", budget);
    }

    /** Whether an exercise counts. */
    boolean counts(String exercise) {
        return exercises.isEmpty() || exercises.contains(exercise);
    }
}
