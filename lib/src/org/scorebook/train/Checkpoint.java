package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scorebook.aten.Safetensors;

/**
 * A folder {@code step-N} with all that training needs to go on: {@code model.safetensors}, {@code ema.safetensors},
 * {@code optimizer.safetensors}, {@code state.json}. It is written under another name, to the disk, and renamed when it is
 * whole: a folder of this name is always a whole checkpoint.
 *
 * @param folder where it is
 * @param step N, how many steps were taken
 */
public record Checkpoint(Path folder, long step) {
    private static final String PREFIX = "step-";
    private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

    /**
     * Writes a checkpoint.
     *
     * @param parent of the folder; made if it is not there
     * @param arrays for each part, such as {@code model}, its arrays by name
     * @param state numbers and text to go on from
     */
    public static Checkpoint write(Path parent, long step, Map<String, Map<String, NDArray>> arrays, JsonObject state)
            throws IOException {
        Path folder = parent.resolve(PREFIX + "%08d".formatted(step));
        Path temporary = parent.resolve("." + folder.getFileName() + ".part");
        Files.createDirectories(parent);
        delete(temporary);
        Files.createDirectory(temporary);
        try {
            for (Map.Entry<String, Map<String, NDArray>> part : arrays.entrySet()) {
                Safetensors.write(temporary.resolve(part.getKey() + ".safetensors"), part.getValue());
            }
            flush(Files.writeString(temporary.resolve("state.json"), JSON.toJson(state)));
            delete(folder);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(temporary);
            throw e;
        }
        return new Checkpoint(folder, step);
    }

    private static void flush(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The checkpoints in a folder, the newest first; none where there is no such folder. */
    public static List<Checkpoint> list(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(p -> p.getFileName().toString().matches(PREFIX + "\\d+"))
                    .map(p -> new Checkpoint(
                            p, Long.parseLong(p.getFileName().toString().substring(PREFIX.length()))))
                    .sorted(Comparator.comparingLong(Checkpoint::step).reversed())
                    .toList();
        }
    }

    /** Deletes all but the newest. */
    public static void prune(Path parent, int keep) throws IOException {
        for (Checkpoint old : list(parent).stream().skip(keep).toList()) {
            delete(old.folder);
        }
    }

    /** The arrays of a part, for instance {@code ema}. */
    public Map<String, NDArray> arrays(String part, NDManager manager) throws IOException {
        return Safetensors.read(folder.resolve(part + ".safetensors"), manager);
    }

    /** What was saved beside the arrays. */
    public JsonObject state() throws IOException {
        Path file = folder.resolve("state.json");
        try {
            return JSON.fromJson(Files.readString(file), JsonObject.class);
        } catch (JsonParseException e) {
            throw new IOException(
                    file + " is damaged: " + e.getMessage() + "; delete the folder to use an older one.", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
