package org.scorebook.submission;

import java.util.Locale;
import org.scorebook.base.Require;

/**
 * Why something is not handed in.
 *
 * @param kind of reason
 * @param sentence what is wrong, with notebook and cell
 */
public record Objection(Kind kind, String sentence) {
    /** Neither is null. */
    public Objection {
        Require.given("kind", kind);
        Require.given("sentence", sentence);
    }

    /** What a submission can be refused for. */
    public enum Kind {
        /** A notebook that is none, or whose name another one has. */
        NOTEBOOK,
        /** A cell that ended in an error, or did not end in time; not one that checks an exercise. */
        ERRORS,
        /** A cell that was not executed, or before one above it. */
        ORDER,
        /** Outputs that an earlier execution by this command has not left. */
        CHANGED,
        /** A folder of the machine on which it was written. */
        PATHS,
        /** Too many bytes. */
        SIZE;

        /** As a user types it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
