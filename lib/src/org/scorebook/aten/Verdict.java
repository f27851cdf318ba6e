package org.scorebook.aten;

import ai.djl.util.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32;
import org.scorebook.base.Caches;

/**
 * What is remembered of a processor on which oneDNN was found to be wrong: the instructions that it is limited to there. One small
 * file in the user's cache for each kind of processor and version of PyTorch; nothing is remembered of others.
 */
final class Verdict {
    private Verdict() {}

    /** What {@link #write} has kept for this processor and library. */
    static Optional<String> read() {
        if (!Files.isDirectory(folder())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file()).strip()).filter(text -> text.matches("[A-Z0-9_]+"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps it for the next start. */
    static void write(String instructions) throws IOException {
        Files.createDirectories(folder());
        Path temporary = Files.createTempFile(folder(), ".verdict", "");
        Files.writeString(temporary, instructions + "\n");
        Files.move(temporary, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where it is, or would be. */
    static Path file() {
        CRC32 identity = new CRC32();
        identity.update(Processor.current().identity().getBytes(StandardCharsets.UTF_8));
        return folder().resolve("pytorch-%s-processor-%08x".formatted(version(), identity.getValue()));
    }

    /** Of the PyTorch that will be loaded: the variable is DJL's. */
    private static String version() {
        String chosen = System.getenv("PYTORCH_VERSION");
        return chosen == null || chosen.isBlank()
                ? Platform.detectPlatform("pytorch").getVersion()
                : chosen;
    }

    private static Path folder() {
        return Caches.folder().resolve("instructions");
    }
}
