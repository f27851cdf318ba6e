package org.scorebook.train;

import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.scorebook.base.Require;

/**
 * Where a training is, beyond its arrays: the {@code state.json} of a {@link Checkpoint}. Random numbers need no saving, for
 * those of a step follow from the seed and the step alone.
 *
 * @param step how many steps were taken
 * @param setbacks how often the training went back to a checkpoint because it ran away
 * @param epochLoss of the steps of this epoch
 * @param logLoss of the steps since the last line of the metrics
 * @param image shape of one image, (C, H, W)
 * @param classNames of the data
 * @param stability a {@link StabilityWatch#state}; empty where nothing is watched
 */
public record TrainingState(
        long step,
        int setbacks,
        Mean epochLoss,
        Mean logLoss,
        Shape image,
        List<String> classNames,
        List<Double> stability) {
    private static final long LONGEST_SIDE = 1 << 16;
    private static final Gson GSON = new Gson();
    private static final String STEP = "step";
    private static final String SETBACKS = "setbacks";
    private static final String EPOCH_LOSS = "epoch_loss";
    private static final String LOG_LOSS = "log_loss";
    private static final String STABILITY = "stability";
    private static final String IMAGE = "image";
    private static final String CLASS_NAMES = "class_names";

    public TrainingState {
        Require.notNegative(STEP, step);
        Require.notNegative(SETBACKS, setbacks);
        Require.given("epochLoss", epochLoss);
        Require.given("logLoss", logLoss);
        Require.given(IMAGE, image);
        classNames = List.copyOf(Require.given("classNames", classNames));
        stability = List.copyOf(Require.given(STABILITY, stability));
        if (image.dimension() != 3 || Arrays.stream(image.getShape()).anyMatch(n -> n < 1 || n > LONGEST_SIDE)) {
            throw new IllegalArgumentException("image must be the shape (C, H, W) of an image, but is " + image);
        }
        for (double number : stability) {
            Require.finite(STABILITY, number);
        }
    }

    /**
     * A mean that is added to.
     *
     * @param sum of the values
     * @param count how many they are
     */
    public record Mean(double sum, long count) {
        private static final Mean NONE = new Mean(0, 0);

        public Mean {
            Require.finite("sum", sum);
            Require.notNegative("count", count);
        }

        private Mean plus(double value) {
            return new Mean(sum + value, count + 1);
        }

        /** NaN where there is no value. */
        public double value() {
            return sum / count;
        }

        private void write(JsonObject json, String name) {
            json.addProperty(name + "_sum", sum);
            json.addProperty(name + "_count", count);
        }

        private static Mean read(JsonObject json, String name) {
            return new Mean(get(json, name + "_sum", Double.class), get(json, name + "_count", Long.class));
        }
    }

    /** Before the first step. */
    public static TrainingState start(Shape image, List<String> classNames) {
        return new TrainingState(0, 0, Mean.NONE, Mean.NONE, image, classNames, List.of());
    }

    /** What the learning rate is multiplied by: 1, or half as much after each setback. */
    public double rateFactor() {
        return Math.pow(0.5, setbacks);
    }

    /**
     * A seed for the random numbers of a step that comes.
     *
     * @param ahead 0 for the next one, 1 for the one after it
     */
    public long stepSeed(long seed, int ahead) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + step + ahead).nextLong();
    }

    /** After one more step. */
    public TrainingState plusStep(double loss) {
        return new TrainingState(
                step + 1, setbacks, epochLoss.plus(loss), logLoss.plus(loss), image, classNames, stability);
    }

    /** With means that begin again: that of the epoch, that of the metrics, or both. */
    public TrainingState begin(boolean epoch, boolean log) {
        return new TrainingState(
                step, setbacks, epoch ? Mean.NONE : epochLoss, log ? Mean.NONE : logLoss, image, classNames, stability);
    }

    /** With another number of setbacks. */
    public TrainingState withSetbacks(int times) {
        return new TrainingState(step, times, epochLoss, logLoss, image, classNames, stability);
    }

    /** With what a watch remembers. */
    public TrainingState withStability(double... numbers) {
        List<Double> remembered = Arrays.stream(numbers).boxed().toList();
        return new TrainingState(step, setbacks, epochLoss, logLoss, image, classNames, remembered);
    }

    /** As the text of {@code state.json}. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty(STEP, step);
        json.addProperty(SETBACKS, setbacks);
        epochLoss.write(json, EPOCH_LOSS);
        logLoss.write(json, LOG_LOSS);
        if (!stability.isEmpty()) {
            json.add(STABILITY, GSON.toJsonTree(stability));
        }
        json.add(IMAGE, GSON.toJsonTree(image.getShape()));
        json.add(CLASS_NAMES, GSON.toJsonTree(classNames));
        return json.toString();
    }

    /** @throws JsonParseException if the text is none of {@link #toJson}; the message says what is wrong */
    public static TrainingState fromJson(String text) {
        Require.given("text", text);
        if (!(GSON.fromJson(text, JsonElement.class) instanceof JsonObject json)) {
            throw new JsonParseException("not a JSON object");
        }
        double[] stability = json.has(STABILITY) ? get(json, STABILITY, double[].class) : new double[0];
        try {
            return new TrainingState(
                            get(json, STEP, Long.class),
                            json.has(SETBACKS) ? get(json, SETBACKS, Integer.class) : 0,
                            Mean.read(json, EPOCH_LOSS),
                            Mean.read(json, LOG_LOSS),
                            new Shape(get(json, IMAGE, long[].class)),
                            Arrays.asList(get(json, CLASS_NAMES, String[].class)),
                            List.of())
                    .withStability(stability);
        } catch (IllegalArgumentException e) {
            throw new JsonParseException(e.getMessage(), e);
        }
    }

    private static <T> T get(JsonObject json, String key, Class<T> type) {
        if (!json.has(key)) {
            throw new JsonParseException("it has no " + key);
        }
        T value = null;
        try {
            value = GSON.fromJson(json.get(key), type);
        } catch (JsonParseException | IllegalArgumentException e) { // the latter for a list with null in it
            throw new JsonParseException(key + " cannot be " + json.get(key), e);
        }
        if (value == null
                || value instanceof String[] texts && Arrays.asList(texts).contains(null)) {
            throw new JsonParseException(key + " cannot be " + json.get(key));
        }
        return value;
    }
}
