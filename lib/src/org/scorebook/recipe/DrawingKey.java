package org.scorebook.recipe;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Require;
import org.scorebook.base.TextFile;
import org.scorebook.weights.Fingerprint;

/**
 * All that the images of a drawing follow from, but for the processor and its number of threads: shares of one drawing have it in
 * common, and nothing else has.
 *
 * @param entries by their names, each as text
 */
public record DrawingKey(Map<String, String> entries) {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
    private static final Type ENTRIES = TypeToken.getParameterized(LinkedHashMap.class, String.class, String.class)
            .getType();

    public DrawingKey {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(Require.given("entries", entries)));
    }

    /**
     * Of a drawing.
     *
     * @param labels of all its images
     * @param device that it is drawn on, such as {@code cpu}
     */
    public static DrawingKey of(Drawing drawing, int[] labels, String device) {
        Require.given("device", device);
        Require.given("labels", labels);
        SamplingPlan plan = Require.given("drawing", drawing).plan();
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("model", drawing.model().fingerprint());
        entries.put("step", Long.toString(drawing.model().step()));
        entries.put("sampler", plan.sampler().key());
        entries.put("steps", Integer.toString(plan.steps()));
        entries.put("guidance_scale", Double.toString(plan.guidanceScale()));
        entries.put("seed", Long.toString(plan.seed()));
        entries.put("number", Integer.toString(labels.length));
        entries.put("batch_size", Integer.toString(drawing.batchSize()));
        entries.put("classes", Fingerprint.of(Arrays.toString(labels)));
        entries.put("device", device);
        return new DrawingKey(entries);
    }

    /** This key with one entry more, or another value of one. */
    public DrawingKey with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(entries);
        more.put(name, value);
        return new DrawingKey(more);
    }

    /**
     * Checks that two are shares of one drawing.
     *
     * @param place of this key, for the message
     * @throws IllegalArgumentException with the first entry that differs
     */
    public void requireSame(String place, DrawingKey expected) {
        for (String name : expected.entries.keySet()) {
            String found = entries.get(name);
            if (!Objects.equals(found, expected.entries.get(name))) {
                throw new IllegalArgumentException(place + " is of another drawing: its " + name + " is " + found
                        + ", and here it is " + expected.entries.get(name));
            }
        }
    }

    /** Writes it as a JSON object. */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, (GSON.toJson(entries) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #write} wrote. */
    public static DrawingKey read(Path file) throws IOException {
        Require.given("file", file);
        String help = "delete it, and draw anew what it is of";
        try {
            return new DrawingKey(GSON.fromJson(TextFile.read(file, help), ENTRIES));
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new DamagedFile(file, e, help);
        }
    }
}
