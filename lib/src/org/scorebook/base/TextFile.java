package org.scorebook.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that a program has written and others may have replaced. */
public final class TextFile {
    private TextFile() {}

    /**
     * A whole file in UTF-8, with U+FFFD for what is none.
     *
     * @param help what the reader of the message can do, as a clause
     * @throws DamagedFile as {@link #requireRegular}
     */
    public static String read(Path file, String help) throws IOException {
        requireRegular(file, help);
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** @throws DamagedFile for a folder, or a pipe, which would be waited for without end; not where there is nothing */
    public static void requireRegular(Path file, String help) throws DamagedFile {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DamagedFile(file, "is no regular file", help, null);
        }
    }
}
