package org.scorebook.course;

/** What an attempt must come to. */
interface Judge {
    /** What is wrong with the answer, as the end of a sentence; empty where nothing is. May be given {@link Numbers}, too. */
    String problem(Object answer);

    /** What a right answer is shown to be, behind its name; may be empty. */
    String claim();

    /** The line of an answer that nothing is wrong with. */
    default String line(String what, Object answer) {
        return "✓ " + what + (claim().isEmpty() ? "" : " (" + claim() + ")");
    }

    /** In how many statistical tests a right answer may fail by chance. */
    default int tests() {
        return 0;
    }
}
