package org.scorebook.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a command will write: looked at before the work, which would be lost otherwise. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * The whole path of a file that can be written; missing folders above it are made.
     *
     * @param option that names it
     * @throws IllegalArgumentException where it cannot
     */
    public static Path require(String option, Path file) {
        Path whole = file.toAbsolutePath().normalize();
        if (Files.isDirectory(whole)) {
            throw new IllegalArgumentException(option + " must be a file, but " + whole + " is a folder");
        }
        requireFolder(option, whole.getParent());
        return whole;
    }

    /** A folder in which files can be written; it is made where it is missing. */
    public static void requireFolder(String option, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".scorebook", null)); // what permissions say can be wrong
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    option + " must be where files can be written, but none can be made in " + folder, e);
        }
    }
}
