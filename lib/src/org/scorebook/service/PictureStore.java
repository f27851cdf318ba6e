package org.scorebook.service;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scorebook.base.AtomicFiles;
import org.scorebook.http.Json;
import org.scorebook.http.Problem;

/** The folder of pictures: of each a PNG, and beside it the settings that it follows from. */
final class PictureStore {
    /** What clients call the folder, wherever it is. */
    static final String NAME = "outputs";

    private static final Pattern ID = Pattern.compile("(diffusion|energy)-[0-9a-f]{16}");
    private static final int KEPT = 1000;
    private static final int LISTED = 200;

    private final Path folder;

    PictureStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The same for equal settings, so that a picture asked for twice is kept once. */
    static String id(String type, JsonObject settings) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(settings.toString().getBytes(StandardCharsets.UTF_8));
            return type + "-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Keeps a picture; the oldest goes where there are too many. */
    synchronized void put(String id, JsonObject settings, byte[] png) throws IOException {
        AtomicFiles.write(folder.resolve(id + ".png"), png);
        AtomicFiles.write(folder.resolve(id + ".json"), settings.toString().getBytes(StandardCharsets.UTF_8));
        for (Path old : newestFirst().stream().skip(KEPT).toList()) {
            Files.deleteIfExists(old);
            Files.deleteIfExists(folder.resolve(idOf(old) + ".png"));
        }
    }

    /** @throws Problem where there is none */
    byte[] png(String id) throws IOException {
        return read(id, ".png");
    }

    /** @throws Problem where there are none */
    JsonObject settings(String id) throws IOException {
        return Json.object(new String(read(id, ".json"), StandardCharsets.UTF_8));
    }

    private byte[] read(String id, String ending) throws IOException {
        if (!ID.matcher(id).matches()) { // so that no other file can be meant
            throw Problem.notFound("there is no picture " + id);
        }
        try {
            return Files.readAllBytes(folder.resolve(id + ending));
        } catch (NoSuchFileException e) {
            throw Problem.notFound("there is no picture " + id);
        }
    }

    /** The settings of the newest pictures, the newest first. */
    List<JsonObject> list() throws IOException {
        return newestFirst().stream().limit(LISTED).flatMap(this::settingsIn).toList();
    }

    private Stream<JsonObject> settingsIn(Path file) {
        try {
            return Stream.of(settings(idOf(file)));
        } catch (IOException | JsonParseException | Problem e) {
            return Stream.empty(); // removed meanwhile, or not ours
        }
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Map<Path, Long> times = files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> ID.matcher(idOf(file)).matches())
                    .collect(Collectors.toMap(file -> file, PictureStore::time)); // looked at once, for it may change
            return times.keySet().stream()
                    .sorted(Comparator.<Path, Long>comparing(times::get).reversed())
                    .toList();
        }
    }

    private static long time(Path file) {
        return file.toFile().lastModified();
    }

    private static String idOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.json$", "");
    }
}
