package org.scorebook.base;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the library's own that is not as it was written. The message names the file, what is wrong, and what helps. */
public final class DamagedFile extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param problem what is wrong, as the rest of a sentence that begins with the file
     * @param help what the reader can do, as a clause
     * @param cause null for none
     */
    public DamagedFile(Path file, String problem, String help, Throwable cause) {
        super(file + " " + problem + "; " + help + ".", cause);
    }

    private DamagedFile(String message, Throwable cause) {
        super(message, cause);
    }

    /** Where reading has thrown something; the problem is its {@link #reason}. */
    public DamagedFile(Path file, Throwable cause, String help) {
        this(file, "is damaged: " + reason(cause), help, cause);
    }

    /** The same, with another sentence. */
    public DamagedFile and(String sentence) {
        return new DamagedFile(getMessage() + " " + sentence, this);
    }

    /** The first line of the innermost message that there is. JSON's has a link in its second, and advice to programmers. */
    public static String reason(Throwable e) {
        String reason = null;
        for (Throwable t = e; t != null; t = t.getCause()) {
            reason = t.getMessage() == null ? reason : t.getMessage();
        }
        return reason == null
                ? e.getClass().getSimpleName()
                : reason.lines().findFirst().orElse("").replaceFirst("^Use JsonReader\\S+ to accept ", "");
    }
}
