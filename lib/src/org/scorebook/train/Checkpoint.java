package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scorebook.aten.Safetensors;
import org.scorebook.base.AtomicFiles;

/**
 * A folder {@code step-N} with all that training needs to go on: {@code model.safetensors}, {@code ema.safetensors},
 * {@code optimizer.safetensors}, {@code state.json}, {@code config.json}. It is written under another name, to the disk, and renamed when it is
 * whole: a folder of this name is always a whole checkpoint.
 *
 * @param folder where it is
 * @param step N, how many steps were taken
 */
public record Checkpoint(Path folder, long step) {
    private static final String PREFIX = "step-";

    /**
     * Writes a checkpoint.
     *
     * @param parent of the folder; made if it is not there
     * @param arrays for each part, such as {@code model}, its arrays by name
     * @param texts for each further file, such as {@code state}, its JSON
     */
    public static Checkpoint write(
            Path parent, long step, Map<String, Map<String, NDArray>> arrays, Map<String, String> texts)
            throws IOException {
        Path folder = parent.resolve(PREFIX + "%08d".formatted(step));
        Files.createDirectories(parent);
        AtomicFiles.writeFolder(folder, temporary -> {
            for (Map.Entry<String, Map<String, NDArray>> part : arrays.entrySet()) {
                Safetensors.write(temporary.resolve(part.getKey() + ".safetensors"), part.getValue());
            }
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.writeString(temporary.resolve(text.getKey() + ".json"), text.getValue());
            }
        });
        return new Checkpoint(folder, step);
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

    /** Deletes it. */
    public void delete() throws IOException {
        AtomicFiles.delete(folder);
    }

    /** Deletes all but the newest. */
    public static void prune(Path parent, int keep) throws IOException {
        for (Checkpoint old : list(parent).stream().skip(keep).toList()) {
            old.delete();
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
            if (new Gson().fromJson(Files.readString(file), JsonElement.class) instanceof JsonObject state) {
                return state;
            }
            throw new JsonParseException("not a JSON object");
        } catch (JsonParseException | CharacterCodingException e) {
            throw new IOException(
                    file + " is damaged: " + e.getMessage() + "; delete the folder to use an older one.", e);
        }
    }
}
