package org.scorebook.checkup;

/**
 * What an {@link Examination} has found, in one line.
 *
 * @param outcome whether it is as it should be
 * @param subject in one or two words
 * @param text what was found and, where something is to be done, what
 */
public record Finding(Outcome outcome, String subject, String text) {
    /** From good to bad. */
    public enum Outcome {
        OK("ok"),
        NOTE("note"),
        FAILED("FAILED");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    /** As it should be. */
    public static Finding ok(String subject, String text) {
        return new Finding(Outcome.OK, subject, text);
    }

    /** Worth knowing. */
    public static Finding note(String subject, String text) {
        return new Finding(Outcome.NOTE, subject, text);
    }

    /** Not as it should be. */
    public static Finding failed(String subject, String text) {
        return new Finding(Outcome.FAILED, subject, text);
    }

    /** As a row of a table. */
    public String line() {
        return "%-7s %-13s %s".formatted(outcome.word, subject, text);
    }

    /** Whether it is not as it should be. */
    public boolean isFailed() {
        return outcome == Outcome.FAILED;
    }
}
