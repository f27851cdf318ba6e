package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.scorebook.data.ImageSet;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.metric.MannWhitney;
import org.scorebook.metric.NearestNeighbours;
import org.scorebook.recipe.ProgressListener;

/**
 * Whether drawn images lie nearer to the training images than test images do, which the training has not seen either: copies
 * of training images do. Distances are Euclidean, between features: a copy that is shifted or a little noisy is far from its
 * original in pixels, and blurred images are near to all. Features say that images are alike, not that they are the same, so
 * images that are more typical than the data's also make p small: look at the nearest ones.
 *
 * <p>Source: Meehan, Chaudhuri and Dasgupta, A Non-Parametric Test to Detect Data-Copying in Generative Models (2020),
 * section 3, with all of space as one cell.
 *
 * @param drawn median distance of the drawn images to the nearest training image
 * @param test median distance of the test images to theirs
 * @param nearer the test of whether the drawn images' distances are smaller
 */
public record Memorisation(double drawn, double test, MannWhitney nearer) {
    /** Training images that are compared at a time: memory does not grow with their number. */
    private static final int CHUNK = 1024;

    /** What the listener is told is being done. */
    static final String WORK = "nearest training images";

    /**
     * Compares all with all of the training images.
     *
     * @param drawn features of shape (N, D)
     * @param test features of shape (M, D)
     * @param manager on the device of the features
     */
    static Memorisation of(
            NDArray drawn,
            NDArray test,
            ImageSet train,
            FeatureExtractor extractor,
            NDManager manager,
            ProgressListener work) {
        int count = Math.toIntExact(drawn.getShape().get(0));
        double[] all;
        try (NDManager arrays = manager.newSubManager()) {
            NDArray points = NDArrays.concat(new NDList(drawn, test), 0);
            points.attach(arrays);
            all = nearest(points, train, extractor, arrays, work);
        }
        double[] ofDrawn = Arrays.copyOf(all, count);
        double[] ofTest = Arrays.copyOfRange(all, count, all.length);
        return new Memorisation(median(ofDrawn), median(ofTest), MannWhitney.less(ofDrawn, ofTest));
    }

    private static double[] nearest(
            NDArray points, ImageSet train, FeatureExtractor extractor, NDManager manager, ProgressListener work) {
        double[] nearest = new double[Math.toIntExact(points.getShape().get(0))];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int from = 0; from < train.size(); from += CHUNK) {
            int to = Math.min(train.size(), from + CHUNK);
            try (NDManager arrays = manager.newSubManager()) {
                NDArray some = FeatureSet.features(extractor, train, from, to, arrays);
                double[][] distances = NearestNeighbours.of(points, some, 1).distances();
                Arrays.setAll(nearest, i -> Math.min(nearest[i], distances[i][0]));
            }
            work.at(WORK, to, train.size());
        }
        return nearest;
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
