package org.scorebook.cli;

/**
 * One line of {@link Doctor}'s table.
 *
 * @param outcome whether it is as it should be
 * @param subject in one or two words
 * @param text what was found and, where something is to be done, what
 */
record Finding(Outcome outcome, String subject, String text) {
    /** From good to bad. */
    enum Outcome {
        OK("ok"),
        NOTE("note"),
        FAILED("FAILED");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(Outcome.OK, subject, text);
    }

    static Finding note(String subject, String text) {
        return new Finding(Outcome.NOTE, subject, text);
    }

    static Finding failed(String subject, String text) {
        return new Finding(Outcome.FAILED, subject, text);
    }

    String line() {
        return "%-7s %-13s %s".formatted(outcome.word, subject, text);
    }

    boolean isFailed() {
        return outcome == Outcome.FAILED;
    }
}
