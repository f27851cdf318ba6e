package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Path;

/** A data file that is not what it should be. The message names the file, the place in it, and what should be there. */
public final class BadDataFile extends IOException {
    private static final long serialVersionUID = 1;

    BadDataFile(Path file, String problem, Throwable cause) {
        super(file + " " + problem, cause);
    }

    BadDataFile(Path file, String problem) {
        this(file, problem, null);
    }

    /** For a file whose bytes can be counted. */
    static BadDataFile at(Path file, long offset, String problem, Throwable cause) {
        return new BadDataFile(file, "is damaged at byte " + offset + ": " + problem, cause);
    }
}
