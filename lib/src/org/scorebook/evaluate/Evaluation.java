package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import org.scorebook.base.Require;
import org.scorebook.data.ImageSet;
import org.scorebook.data.Splits;
import org.scorebook.metric.FeatureDistance;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.metric.PrecisionRecall;
import org.scorebook.recipe.ProgressListener;
import org.scorebook.view.Notebook;
import org.scorebook.view.Progress;

/**
 * Compares images with those of a data set, by features that are computed once for the data set.
 *
 * <pre>FeatureExtractor extractor = Evaluation.features(splits, "fashion-mnist", manager);
 * Evaluation evaluation = new Evaluation(extractor, splits.test(), "fashion-mnist/test", 2000, manager);
 * evaluation.fid(images);                                    // how far the images are
 * evaluation.fid(splits.train().first(2000));                // and how far real ones are: the floor</pre>
 */
public final class Evaluation {
    private final FeatureExtractor extractor;
    private final NDManager manager;
    private final String split;
    private final FeatureSet reference;

    /**
     * Computes the features of the reference.
     *
     * @param extractor from images to features
     * @param set to compare with
     * @param split its name, for instance {@code fashion-mnist/test}
     * @param number so many images of it, the first ones, or all if there are fewer; at least 2
     * @param manager owner of the features
     */
    public Evaluation(FeatureExtractor extractor, ImageSet set, String split, int number, NDManager manager) {
        this(extractor, set, split, number, manager, ProgressListener.SILENT);
    }

    Evaluation(
            FeatureExtractor extractor,
            ImageSet set,
            String split,
            int number,
            NDManager manager,
            ProgressListener work) {
        Require.atLeast("number", number, 2);
        Require.given("set", set);
        this.extractor = Require.given("extractor", extractor);
        this.manager = Require.given("manager", manager);
        this.split = Require.given("split", split);
        reference = new FeatureSet(extractor, manager);
        reference.add(set, Math.min(number, set.size()), split, work);
    }

    /**
     * The features of a small classifier of a data set. It is trained once, for some minutes, with a progress bar, and kept in
     * {@code ~/.cache/scorebook/classifiers}; afterwards it is read from there. The engine's random numbers start anew.
     *
     * @param splits trained on the first part
     * @param data name of the data set
     * @param manager owner of the classifier
     * @throws IOException if it cannot be written
     */
    public static FeatureExtractor features(Splits splits, String data, NDManager manager) throws IOException {
        Require.given("splits", splits);
        Require.given("data", data);
        Require.given("manager", manager);
        try (PageBar bar = new PageBar()) {
            return FeatureCache.ofThisUser().features(splits, data, 0, manager, bar);
        }
    }

    /** A bar on the page, which comes with the first news: mostly there are none. */
    private static final class PageBar implements ProgressListener, AutoCloseable {
        private Progress progress;

        @Override
        public void at(String name, long done, long total) {
            if (progress == null) {
                progress = Notebook.progress(name, total);
            }
            progress.to(done, "");
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }

    /**
     * The Fréchet distance of images from the reference, in squared units of the features.
     *
     * @param images of shape (N, C, H, W), from -1 to 1, N at least 2
     */
    public FeatureDistance fid(NDArray images) {
        return using(set -> set.add(images), this::fid);
    }

    /** As {@link #fid(NDArray)}, of real images. */
    public FeatureDistance fid(ImageSet images) {
        return using(set -> set.add(images, images.size(), images.name(), ProgressListener.SILENT), this::fid);
    }

    /** How many of the images look real, and how many real ones could be among them; N at least 4. */
    public PrecisionRecall precisionRecall(NDArray images) {
        return using(set -> set.add(images), this::precisionRecall);
    }

    @FunctionalInterface
    private interface Filling {
        void fill(FeatureSet set);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(FeatureSet set);
    }

    private <T> T using(Filling filling, Reading<T> reading) {
        try (NDManager arrays = manager.newSubManager()) {
            FeatureSet set = new FeatureSet(extractor, arrays);
            filling.fill(set);
            return reading.read(set);
        }
    }

    FeatureDistance fid(FeatureSet set) {
        return FeatureDistance.frechet(set.statistics(), reference.statistics(), extractor.name(), split);
    }

    PrecisionRecall precisionRecall(FeatureSet set) {
        try (NDManager arrays = manager.newSubManager()) {
            return PrecisionRecall.of(set.features(arrays), reference.features(arrays));
        }
    }
}
