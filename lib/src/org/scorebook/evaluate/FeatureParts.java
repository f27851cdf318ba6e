package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Require;
import org.scorebook.recipe.DrawingKey;
import org.scorebook.recipe.Shard;
import org.scorebook.weights.Safetensors;

/**
 * The features of drawn images, each share of them in a folder {@code shard-K-of-M} of its own: what they are of in
 * {@code drawing.json}; {@code features.safetensors} has an array (B, D) for each block that was added to the statistics at once.
 * Put together in the order of the images they make the same sums, whoever drew which.
 *
 * @param folder made where it is not there
 */
public record FeatureParts(Path folder) {
    private static final String KEY = "drawing.json";
    private static final String FEATURES = "features.safetensors";

    public FeatureParts {
        Require.given("folder", folder);
    }

    /**
     * Whether a share is there.
     *
     * @throws IllegalArgumentException if what is there is of another evaluation
     */
    boolean has(Shard shard, DrawingKey key) throws IOException {
        Path part = part(shard);
        if (!Files.exists(part)) {
            return false;
        }
        DrawingKey.read(part.resolve(KEY)).requireSame(part.toString(), key);
        return true;
    }

    /** @param features the blocks of each batch, by the number of its first image */
    void write(Shard shard, DrawingKey key, Map<Integer, List<NDArray>> features) throws IOException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        features.forEach((first, blocks) -> IntStream.range(0, blocks.size())
                .forEach(i -> arrays.put(String.format("%09d.%05d", first, i), blocks.get(i))));
        Files.createDirectories(folder);
        AtomicFiles.writeFolder(part(shard), place -> {
            key.write(place.resolve(KEY));
            Safetensors.write(place.resolve(FEATURES), arrays);
        });
    }

    private Path part(Shard shard) {
        return folder.resolve("shard-" + shard.index() + "-of-" + shard.count());
    }

    /**
     * The folders of all shares.
     *
     * @throws IllegalArgumentException if one is missing, or of another evaluation, or if there are those of another number of shares
     */
    List<Path> complete(DrawingKey key) throws IOException {
        List<Path> found = found();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there are no shards in " + folder + ": --shard K/M draws them");
        }
        int count = count(found.get(0));
        for (Path part : found) {
            if (count(part) != count) {
                throw new IllegalArgumentException(folder + " must have the shards of one evaluation, but has "
                        + found.get(0).getFileName() + " and " + part.getFileName()
                        + ": delete those that are too many");
            }
        }
        List<Path> all = IntStream.range(0, count)
                .mapToObj(index -> part(new Shard(index, count)))
                .toList();
        List<String> missing = IntStream.range(0, count)
                .filter(index -> !found.contains(all.get(index)))
                .mapToObj(Integer::toString)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "of " + count + " shards in " + folder + " these are missing: " + String.join(", ", missing));
        }
        DrawingKey drawn = key.with(
                "device", DrawingKey.read(all.get(0).resolve(KEY)).entries().get("device"));
        for (Path part : all) {
            DrawingKey.read(part.resolve(KEY)).requireSame(part.toString(), drawn);
        }
        return all;
    }

    private List<Path> found() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("shard-\\d{1,6}-of-\\d{1,6}"))
                    .sorted()
                    .toList();
        }
    }

    private static int count(Path part) {
        return Integer.parseInt(part.getFileName().toString().replaceFirst(".*-of-", ""));
    }

    /** Adds what some folders have to a set, in the order of the images. */
    void read(List<Path> parts, NDManager manager, FeatureSet set) throws IOException {
        try (NDManager arrays = manager.newSubManager()) {
            Map<String, NDArray> blocks = new TreeMap<>();
            for (Path part : parts) {
                blocks.putAll(Safetensors.read(part.resolve(FEATURES), arrays));
            }
            blocks.values().forEach(set::addFeatures);
        }
    }
}
