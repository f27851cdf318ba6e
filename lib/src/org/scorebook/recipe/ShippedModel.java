package org.scorebook.recipe;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scorebook.base.Names;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingState;

/**
 * A small trained network that comes with the library, as the three files {@code models/NAME/} of a checkpoint that are needed to
 * draw from it.
 *
 * @param name what it is called by
 * @param config how it was trained
 * @param image shape of one image, (C, H, W)
 * @param classNames of the data
 * @param parameters how many numbers it has
 * @param steps that it was trained for
 * @param bytes size of its weights
 */
public record ShippedModel(
        String name, RunConfig config, Shape image, List<String> classNames, long parameters, long steps, long bytes) {
    /** All there are, in the order to show them: a folder inside a jar cannot be listed by ordinary means. */
    private static final List<String> NAMES = List.of("fashion-mnist", "emoji", "ebm-fashion-mnist");

    private static final String CONFIG = Checkpoint.textFile(Checkpoint.CONFIG);
    private static final String STATE = Checkpoint.textFile(Checkpoint.STATE);
    private static final String WEIGHTS = Checkpoint.arraysFile(Checkpoint.AVERAGE);

    /** The names of all. */
    public static List<String> names() {
        return NAMES;
    }

    /** All of them. */
    public static List<ShippedModel> all() throws IOException {
        List<ShippedModel> all = new ArrayList<>();
        for (String name : NAMES) {
            all.add(of(name));
        }
        return all;
    }

    /**
     * What is known of one, without loading its weights.
     *
     * @throws IllegalArgumentException for a name that is not one of {@link #names}
     */
    public static ShippedModel of(String name) throws IOException {
        TrainingState state = TrainingState.fromJson(text(name, STATE));
        try (DataInputStream in = new DataInputStream(open(name, WEIGHTS))) {
            long length = Long.reverseBytes(in.readLong());
            JsonObject arrays = json(new String(in.readNBytes(Math.toIntExact(length)), StandardCharsets.UTF_8));
            return new ShippedModel(
                    name,
                    RunConfig.fromJson(text(name, CONFIG)),
                    state.image(),
                    state.classNames(),
                    numbers(arrays),
                    state.step(),
                    Long.BYTES + length + end(arrays));
        }
    }

    private static JsonObject json(String text) {
        return new Gson().fromJson(text, JsonElement.class).getAsJsonObject();
    }

    private static String text(String name, String file) throws IOException {
        try (InputStream in = open(name, file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String name, String file) {
        if (!NAMES.contains(Require.given("name", name))) {
            throw new IllegalArgumentException("there is no shipped network " + name + Names.hint(name, NAMES));
        }
        return ShippedModel.class.getResourceAsStream("models/" + name + "/" + file);
    }

    private static long numbers(JsonObject arrays) {
        long sum = 0;
        for (Map.Entry<String, JsonElement> array : arrays.entrySet()) {
            JsonElement shape = array.getValue().getAsJsonObject().get("shape");
            sum += new Shape(new Gson().fromJson(shape, long[].class)).size();
        }
        return sum;
    }

    private static long end(JsonObject arrays) {
        long end = 0;
        for (Map.Entry<String, JsonElement> array : arrays.entrySet()) {
            JsonObject place = array.getValue().getAsJsonObject();
            end = Math.max(end, place.getAsJsonArray("data_offsets").get(1).getAsLong());
        }
        return end;
    }

    /** What it is: {@code diffusion}, {@code score} for one of noise levels, or {@code energy}. */
    public String kind() {
        return config.objective().kind().toString();
    }

    /** Loads one of a name; parent of the parameters' manager is the given one. */
    static TrainedModel load(String name, NDManager manager) throws IOException {
        Path folder = Files.createTempDirectory("scorebook");
        List<String> files = List.of(CONFIG, STATE, WEIGHTS);
        try {
            for (String file : files) {
                try (InputStream in = open(name, file)) {
                    Files.copy(in, folder.resolve(file));
                }
            }
            return TrainedModel.load(folder, manager);
        } finally {
            for (String file : files) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.delete(folder);
        }
    }
}
