package org.scorebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process, on Linux. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** What is resident, in bytes. */
    public static long bytes() {
        try {
            return 4096
                    * Long.parseLong(
                            Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
