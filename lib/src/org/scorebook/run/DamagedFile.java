package org.scorebook.run;

import java.io.IOException;
import java.nio.file.Path;

/** That a file of a run cannot be read: one sentence with the file, what is wrong with it, and what to do. */
final class DamagedFile extends IOException {
    private static final long serialVersionUID = 1;

    /** @param remedy what to do */
    DamagedFile(Path file, String reason, String remedy) {
        super(file + " is damaged: " + reason + "; " + remedy);
    }

    /** Where reading has thrown something. */
    DamagedFile(Path file, RuntimeException cause, String remedy) {
        this(file, reason(cause), remedy);
        initCause(cause);
    }

    /** The first line of the innermost message that there is: JSON's has a link in its second. */
    static String reason(Throwable e) {
        String reason = null;
        for (Throwable t = e; t != null; t = t.getCause()) {
            reason = t.getMessage() == null ? reason : t.getMessage();
        }
        return reason == null
                ? e.getClass().getSimpleName()
                : reason.lines().findFirst().orElse("");
    }
}
