package org.scorebook.grading;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.scorebook.base.AtomicFiles;

/** What has been marked, so that it need not be marked again: a file for each hand-in. */
final class Records {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path folder;

    /** @param folder that exists */
    Records(Path folder) {
        this.folder = folder;
    }

    private record Entry(String key, Mark mark) {}

    /** The SHA-256 of all that decides on a mark. */
    static String key(byte[] handIn, String... others) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(handIn);
            for (String other : others) {
                digest.update((byte) 0);
                digest.update(other.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The mark of a hand-in, where the same has been marked in the same way. */
    Optional<Mark> find(String name, String key) {
        try {
            Entry entry = GSON.fromJson(Files.readString(file(name)), Entry.class);
            return entry != null && key.equals(entry.key) ? Optional.of(entry.mark) : Optional.empty();
        } catch (IOException | JsonParseException | NullPointerException e) {
            return Optional.empty();
        }
    }

    void keep(String name, String key, Mark mark) throws IOException {
        AtomicFiles.write(file(name), GSON.toJson(new Entry(key, mark)).getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }
}
