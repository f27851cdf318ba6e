package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import org.scorebook.aten.Blocks;
import org.scorebook.data.ImageSet;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.metric.FeatureStatistics;
import org.scorebook.recipe.ProgressListener;

/** The features of a set of images, added a batch at a time: the images themselves are not kept. */
final class FeatureSet {
    private static final int BATCH = 128;
    private static final int MEASURED = 4;

    private final FeatureExtractor extractor;
    private final NDManager manager;
    private final NDList parts = new NDList();
    private final FeatureStatistics statistics;

    /** @param manager owner of the features */
    FeatureSet(FeatureExtractor extractor, NDManager manager) {
        this.extractor = extractor;
        this.manager = manager;
        statistics = new FeatureStatistics(extractor.dimension());
    }

    /** Adds the features of images of shape (N, C, H, W), which stay their owner's. */
    void add(NDArray images) {
        Blocks.forEach(images, BATCH, manager, (first, some) -> addBatch(some));
    }

    /** About how many seconds an image takes, going by the fastest of some batches: the engine warms up in the others. */
    static double seconds(FeatureExtractor extractor, ImageSet set, NDManager manager) {
        int some = Math.min(BATCH, set.size());
        double fastest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MEASURED; i++) {
            long start = System.nanoTime();
            try (NDManager arrays = manager.newSubManager()) {
                features(extractor, set, 0, some, arrays).sum().getFloat(); // waits until they are computed
            }
            fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9);
        }
        return fastest / some;
    }

    /** What the listener is told is being done for the images of this name. */
    static String work(String name) {
        return "features of " + name;
    }

    /** Adds the first images of a set, which has this name in messages. */
    void add(ImageSet set, int number, String name, ProgressListener work) {
        Blocks.forEach(number, BATCH, manager, (arrays, rows) -> {
            addBatch(set.images(arrays, rows));
            work.at(work(name), rows[0] + rows.length, number);
        });
    }

    /** The features of the images from one row of a set to before another, of shape (to - from, D). */
    static NDArray features(FeatureExtractor extractor, ImageSet set, int from, int to, NDManager owner) {
        NDList parts = new NDList();
        Blocks.forEach(to - from, BATCH, owner, (arrays, rows) -> {
            NDArray batch = extractor.features(
                    set.images(arrays, IntStream.of(rows).map(row -> from + row).toArray()));
            batch.attach(owner);
            parts.add(batch);
        });
        return NDArrays.concat(parts, 0);
    }

    private void addBatch(NDArray images) {
        addFeatures(extractor.features(images));
    }

    /** Adds features that are there already, of shape (B, D), and owns them from now on. */
    void addFeatures(NDArray features) {
        statistics.add(features);
        features.attach(manager);
        parts.add(features);
    }

    /** In the order and in the blocks in which they were added: added so to another set, they make the same figures to the last bit. */
    List<NDArray> blocks() {
        return List.copyOf(parts);
    }

    FeatureStatistics statistics() {
        return statistics;
    }

    /** All of them, of shape (N, D). */
    NDArray features(NDManager owner) {
        NDArray all = NDArrays.concat(parts, 0);
        all.attach(owner);
        return all;
    }
}
