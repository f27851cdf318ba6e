package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
import org.scorebook.base.Require;

/**
 * A folder {@code step-N} with all that training needs to go on: {@code model.safetensors}, {@code ema.safetensors},
 * {@code optimizer.safetensors}, for energies {@code buffer.safetensors}; {@code state.json}, {@code config.json}. It is written
 * under another name, to the disk, and renamed when it is whole: a folder of this name is always a whole checkpoint.
 *
 * @param folder where it is
 * @param step N, how many steps were taken
 */
public record Checkpoint(Path folder, long step) {
    /** The network as the last step left it, by the names of PyTorch's {@code state_dict}. */
    public static final String MODEL = "model";

    /** The averaged network, likewise: the part that is drawn from and evaluated. */
    public static final String AVERAGE = "ema";

    /** An {@link org.scorebook.aten.AdamW#state}. */
    public static final String OPTIMIZER = "optimizer";

    /** A {@link ReplayBuffer#state}, where chains start from one. */
    public static final String BUFFER = "buffer";

    /** The text of a {@link TrainingState}. */
    public static final String STATE = "state";

    /** The text of the configuration. */
    public static final String CONFIG = "config";

    private static final String FOLDER = "checkpoints";
    private static final String PREFIX = "step-";

    /** The name of the file with a part's arrays. */
    public static String arraysFile(String part) {
        return part + ".safetensors";
    }

    /** The name of the file with a text. */
    public static String textFile(String name) {
        return name + ".json";
    }

    /** The folder of a run that holds its checkpoints. */
    public static Path parentIn(Path run) {
        return run.resolve(FOLDER);
    }

    /** Whether a folder is one of a checkpoint, be it damaged. */
    public static boolean isAt(Path folder) {
        return Files.exists(folder.resolve(textFile(STATE)));
    }

    /**
     * The checkpoint in a folder, or the newest of a run.
     *
     * @param folder of a checkpoint, whatever its name, or of a run
     * @throws IOException if there is none, or what it says of itself is damaged; the message names the file
     */
    public static Checkpoint open(Path folder) throws IOException {
        if (isAt(folder)) {
            return new Checkpoint(folder, state(folder).step());
        }
        List<Checkpoint> all = list(parentIn(folder));
        if (all.isEmpty()) {
            throw new IOException(
                    folder + " has no checkpoint: name the folder of a run that has saved one, or that of a"
                            + " checkpoint, such as runs/ID/checkpoints/step-00001000");
        }
        return all.get(0);
    }

    /**
     * Writes a checkpoint.
     *
     * @param parent of the folder; made if it is not there
     * @param arrays for each part, such as {@link #MODEL}, its arrays by name
     * @param texts for each further file, such as {@link #STATE}, its JSON
     */
    public static Checkpoint write(
            Path parent, long step, Map<String, Map<String, NDArray>> arrays, Map<String, String> texts)
            throws IOException {
        Path folder = parent.resolve(PREFIX + "%08d".formatted(step));
        Files.createDirectories(parent);
        AtomicFiles.writeFolder(folder, temporary -> {
            for (Map.Entry<String, Map<String, NDArray>> part : arrays.entrySet()) {
                Safetensors.write(temporary.resolve(arraysFile(part.getKey())), part.getValue());
            }
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.writeString(temporary.resolve(textFile(text.getKey())), text.getValue());
            }
        });
        return new Checkpoint(folder, step);
    }

    /** The checkpoints in a folder, the newest first; none where there is no such folder. */
    public static List<Checkpoint> list(Path parent) throws IOException {
        if (!Files.isDirectory(Require.given("parent", parent))) {
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

    /** The arrays of a part, for instance {@link #AVERAGE}. */
    public Map<String, NDArray> arrays(String part, NDManager manager) throws IOException {
        return Safetensors.read(folder.resolve(arraysFile(part)), manager);
    }

    /**
     * What was saved beside the arrays.
     *
     * @throws IOException if it cannot be read or is damaged; the message names the file
     */
    public TrainingState state() throws IOException {
        return state(folder);
    }

    private static TrainingState state(Path folder) throws IOException {
        Path file = folder.resolve(textFile(STATE));
        try {
            return TrainingState.fromJson(Files.readString(file));
        } catch (JsonParseException | CharacterCodingException e) {
            throw new IOException(
                    file + " is damaged: " + e.getMessage() + "; delete the folder to use an older one.", e);
        }
    }

    /** The file with the configuration of the run. */
    public Path config() {
        return folder.resolve(textFile(CONFIG));
    }
}
