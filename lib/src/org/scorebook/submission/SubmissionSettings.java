package org.scorebook.submission;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.scorebook.base.Require;

/**
 * What is handed in, and how.
 *
 * @param name of the student
 * @param notebooks their files
 * @param asIs whether outputs that an earlier execution by this command has left are taken
 * @param budget of the execution, {@code quick} or {@code full}
 * @param cellSeconds that a cell may take
 * @param largest size of the zip in bytes
 * @param allowed kinds of reasons that do not keep it from being handed in
 * @param keep a folder for the executed notebooks; null for none
 */
public record SubmissionSettings(
        StudentName name,
        List<Path> notebooks,
        boolean asIs,
        String budget,
        int cellSeconds,
        long largest,
        Set<Objection.Kind> allowed,
        Path keep) {
    /** Copies the lists. */
    public SubmissionSettings {
        Require.given("name", name);
        Require.given("notebooks", notebooks);
        Require.given("budget", budget);
        Require.given("allowed", allowed);
        notebooks = List.copyOf(notebooks);
        allowed = Set.copyOf(allowed);
        Require.atLeast("cell-timeout", cellSeconds, 1);
    }
}
