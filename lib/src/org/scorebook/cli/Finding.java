package org.scorebook.cli;

/**
 * One line of {@link Doctor}'s table.
 *
 * @param state whether it is as it should be
 * @param subject in one or two words
 * @param text what was found and, where something is to be done, what
 */
record Finding(State state, String subject, String text) {
    /** From good to bad. */
    enum State {
        OK("ok"),
        NOTE("note"),
        FAILED("FAILED");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(State.OK, subject, text);
    }

    static Finding note(String subject, String text) {
        return new Finding(State.NOTE, subject, text);
    }

    static Finding failed(String subject, String text) {
        return new Finding(State.FAILED, subject, text);
    }

    String line() {
        return "%-7s %-13s %s".formatted(state.word, subject, text);
    }

    boolean isFailed() {
        return state == State.FAILED;
    }
}
