package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.scorebook.aten.Torch;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Require;
import org.scorebook.base.Sentence;
import org.scorebook.base.TextFile;
import org.scorebook.weights.Safetensors;

/**
 * A folder {@code step-N} with all that training needs to go on: {@code model.safetensors}, {@code ema.safetensors},
 * {@code optimizer.safetensors}, for energies {@code buffer.safetensors}; {@code state.json}, {@code config.json}; and in
 * {@code SHA256SUMS}, which older ones lack, their checksums. It is written under another name, to the disk, and renamed when it
 * is whole: a folder of this name is a whole checkpoint, unless something else has changed it. What is read is checked: a file
 * that is not as it was written is a {@link DamagedFile}.
 *
 * @param folder where it is
 * @param step N, how many steps were taken
 */
public record Checkpoint(Path folder, long step) {
    /** The network as the last step left it, by the names of PyTorch's {@code state_dict}. */
    public static final String MODEL = "model";

    /** The averaged network, likewise: the part that is drawn from and evaluated. */
    public static final String AVERAGE = "ema";

    /** An {@link org.scorebook.optim.AdamW#state}. */
    public static final String OPTIMIZER = "optimizer";

    /** A {@link ReplayBuffer#state}, where chains start from one. */
    public static final String BUFFER = "buffer";

    /** The text of a {@link TrainingState}. */
    public static final String STATE = "state";

    /** The text of the configuration. */
    public static final String CONFIG = "config";

    private static final String FOLDER = "checkpoints";
    private static final String PREFIX = "step-";
    private static final String NAME = PREFIX + "\\d{1,18}";
    private static final String ASIDE = "damaged-";
    private static final String HELP = "delete the folder to use an older one";

    /** The name of the file with a part's arrays. */
    public static String arraysFile(String part) {
        return Require.given("part", part) + ".safetensors";
    }

    /** The name of the file with a text. */
    public static String textFile(String name) {
        return Require.given("name", name) + ".json";
    }

    /** The folder of a run that holds its checkpoints. */
    public static Path parentIn(Path run) {
        return Require.given("run", run).resolve(FOLDER);
    }

    /** Whether a folder is one of a checkpoint, be it damaged. */
    public static boolean isAt(Path folder) {
        return Files.exists(Require.given("folder", folder).resolve(textFile(STATE)))
                || Files.exists(folder.resolve(arraysFile(AVERAGE)));
    }

    /**
     * The checkpoint in a folder, or the newest of a run.
     *
     * @param folder as {@link #at} takes it
     * @throws IOException as {@link #at} does
     */
    public static Checkpoint open(Path folder) throws IOException {
        return at(folder).get(0);
    }

    /**
     * The checkpoint in a folder, or all of a run, the newest first: at least one.
     *
     * @param folder of a checkpoint or of a run; a checkpoint under another name than {@code step-N} has the step that it says
     * @throws DamagedFile if what it says of itself is damaged
     * @throws IOException if there is none
     */
    public static List<Checkpoint> at(Path folder) throws IOException {
        if (isAt(folder)) {
            Optional<Checkpoint> named = named(folder);
            return List.of(
                    named.isPresent()
                            ? named.get()
                            : new Checkpoint(folder, stateIn(folder).step()));
        }
        List<Checkpoint> all = list(parentIn(folder));
        if (all.isEmpty()) {
            throw new IOException(
                    folder + " has no checkpoint: name the folder of a run that has saved one, or that of a"
                            + " checkpoint, such as runs/ID/checkpoints/step-00001000");
        }
        return all;
    }

    /** That of a folder {@code step-N}; empty for one of another name. */
    private static Optional<Checkpoint> named(Path folder) {
        return Optional.of(folder.toAbsolutePath().normalize().getFileName().toString())
                .filter(name -> name.matches(NAME))
                .map(name -> new Checkpoint(folder, Long.parseLong(name.substring(PREFIX.length()))));
    }

    /**
     * Writes a checkpoint.
     *
     * @param parent of the folder; made if it is not there
     * @param arrays for each part, such as {@link #MODEL}, its arrays by name
     * @param texts for each further file, such as {@link #STATE}, its JSON
     * @throws ArithmeticException if a number in the arrays is infinite or NaN: nobody could go on from there
     */
    public static Checkpoint write(
            Path parent, long step, Map<String, Map<String, NDArray>> arrays, Map<String, String> texts)
            throws IOException {
        Require.given("parent", parent);
        Require.given("arrays", arrays);
        Require.given("texts", texts);
        Path folder = parent.resolve(PREFIX + "%08d".formatted(step));
        Files.createDirectories(parent);
        AtomicFiles.writeFolder(folder, temporary -> {
            for (Map.Entry<String, Map<String, NDArray>> part : arrays.entrySet()) {
                requireFinite(step, part.getKey(), part.getValue());
                Safetensors.write(temporary.resolve(arraysFile(part.getKey())), part.getValue());
            }
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.writeString(temporary.resolve(textFile(text.getKey())), text.getValue());
            }
            Checksums.write(temporary);
        });
        return new Checkpoint(folder, step);
    }

    private static void requireFinite(long step, String part, Map<String, NDArray> arrays) {
        notFinite(arrays).ifPresent(name -> {
            throw new ArithmeticException("after step " + step + " the array " + name + " of the " + part
                    + " is not finite: train with a smaller lr or weight_decay, or with clip_norm");
        });
    }

    private static Optional<String> notFinite(Map<String, NDArray> arrays) {
        return arrays.keySet().stream()
                .filter(name -> !Torch.isFinite(arrays.get(name)))
                .findFirst();
    }

    /** The checkpoints in a folder, the newest first; none where there is no such folder. */
    public static List<Checkpoint> list(Path parent) throws IOException {
        if (!Files.isDirectory(Require.given("parent", parent))) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(Checkpoint::named)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(Checkpoint::step).reversed())
                    .toList();
        }
    }

    /** Deletes it. */
    public void delete() throws IOException {
        AtomicFiles.delete(folder);
    }

    /** Gives a damaged one another name, by which it is no checkpoint any more, and returns it. */
    public Path setAside() throws IOException {
        Path aside = folder.resolveSibling(ASIDE + folder.getFileName());
        AtomicFiles.delete(aside);
        return Files.move(folder, aside);
    }

    /** Deletes all but the newest. */
    public static void prune(Path parent, int keep) throws IOException {
        for (Checkpoint old : list(parent).stream().skip(keep).toList()) {
            old.delete();
        }
    }

    /**
     * The arrays of a part, for instance {@link #AVERAGE}.
     *
     * @throws DamagedFile if the file is missing or damaged, or has a number that is infinite or NaN
     */
    public Map<String, NDArray> arrays(String part, NDManager manager) throws IOException {
        Path file = folder.resolve(arraysFile(part));
        Map<String, NDArray> arrays = checked(file, () -> Safetensors.read(file, manager));
        Optional<String> bad = notFinite(arrays);
        if (bad.isPresent()) {
            throw new DamagedFile(file, "has a number in " + bad.get() + " that is infinite or NaN", HELP, null);
        }
        return arrays;
    }

    /**
     * Reads a part and hands its arrays over.
     *
     * @param taker throws an IllegalArgumentException for arrays that do not fit it
     * @throws DamagedFile if it does, or as {@link #arrays}
     */
    public void load(String part, NDManager manager, Consumer<Map<String, NDArray>> taker) throws IOException {
        Map<String, NDArray> arrays = arrays(part, manager);
        try {
            taker.accept(arrays);
        } catch (IllegalArgumentException e) {
            throw damaged(arraysFile(part), e);
        }
    }

    /**
     * What was saved beside the arrays.
     *
     * @throws DamagedFile if it is missing or damaged, or of another step
     */
    public TrainingState state() throws IOException {
        TrainingState state = stateIn(folder);
        if (state.step() != step) {
            throw damaged(
                    textFile(STATE),
                    new IllegalArgumentException("it is of step " + state.step() + ", and the checkpoint of " + step));
        }
        return state;
    }

    private static TrainingState stateIn(Path folder) throws IOException {
        return new Checkpoint(folder, 0).read(STATE, TrainingState::fromJson);
    }

    /**
     * What a text, such as {@link #CONFIG}, says.
     *
     * @param parser throws an IllegalArgumentException or a JsonParseException for a text that is none
     * @throws DamagedFile if it does, or the file is missing or damaged
     */
    public <T> T read(String name, Function<String, T> parser) throws IOException {
        Path file = folder.resolve(textFile(name));
        String text = checked(file, () -> Files.readString(file));
        try {
            return parser.apply(text);
        } catch (JsonParseException | IllegalArgumentException e) {
            throw damaged(textFile(name), e);
        }
    }

    /** That a file in it does not fit, with the reason that the cause gives. */
    public DamagedFile damaged(String file, RuntimeException cause) {
        return new DamagedFile(folder.resolve(file), cause, HELP);
    }

    private interface Loading<T> {
        T read() throws IOException;
    }

    private static <T> T checked(Path file, Loading<T> loading) throws IOException {
        try {
            TextFile.requireRegular(file, HELP);
            TextFile.requireRegular(file.resolveSibling(Checksums.FILE), HELP);
            Checksums.require(file, HELP);
            return loading.read();
        } catch (DamagedFile e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new DamagedFile(file, "is missing", HELP, e);
        } catch (IOException e) {
            throw new DamagedFile(file, "cannot be read: " + Sentence.of(e), HELP, e);
        }
    }
}
