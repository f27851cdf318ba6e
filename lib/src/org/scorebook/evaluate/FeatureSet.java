package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.stream.IntStream;
import org.scorebook.data.ImageSet;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.metric.FeatureStatistics;
import org.scorebook.recipe.ProgressListener;

/** The features of a set of images, added a batch at a time: the images themselves are not kept. */
final class FeatureSet {
    private static final int BATCH = 128;

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
        long size = images.getShape().get(0);
        for (long from = 0; from < size; from += BATCH) {
            try (NDManager arrays = manager.newSubManager()) {
                NDArray some = images.get(new NDIndex("{}:{}", from, Math.min(size, from + BATCH)));
                some.attach(arrays);
                addBatch(some);
            }
        }
    }

    /** Adds the first images of a set, which has this name in messages. */
    void add(ImageSet set, int number, String name, ProgressListener work) {
        for (int from = 0; from < number; from += BATCH) {
            int to = Math.min(number, from + BATCH);
            try (NDManager arrays = manager.newSubManager()) {
                addBatch(set.images(arrays, IntStream.range(from, to).toArray()));
            }
            work.at("features of " + name, to, number);
        }
    }

    private void addBatch(NDArray images) {
        NDArray features = extractor.features(images);
        statistics.add(features);
        features.attach(manager);
        parts.add(features);
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
