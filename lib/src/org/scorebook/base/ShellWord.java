package org.scorebook.base;

/** A text as one word of a POSIX shell. */
public final class ShellWord {
    private ShellWord() {}

    /** In single quotes where it has anything that means something to a shell. */
    public static String quoted(String text) {
        return text.matches("[\\w./@%+,:=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
