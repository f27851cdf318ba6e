package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.scorebook.data.ImageSet;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.metric.MannWhitney;
import org.scorebook.metric.NearestNeighbours;
import org.scorebook.recipe.ProgressListener;

/**
 * Whether drawn images lie nearer to single training images than test images do, which the training has not seen either:
 * copies do. The number for an image x with its k nearest training images y_i, of which y_1 is nearest, is
 *
 * <pre>r(x) = |f(x) - f(y_1)| / mean over i of |f(x) - f(y_i)|,    k = 50</pre>
 *
 * <p>from 0 for a copy to 1. It is taken of features f, for a copy that is shifted or a little noisy is far from its original
 * in pixels; and relative to the neighbourhood, for images that are typical rather than copied, as guidance makes them, lie
 * nearer to all, which moves r far less than the distance. A model that copies few images only is not seen: look at the nearest ones.
 *
 * <p>Sources: Carlini et al., Extracting Training Data from Diffusion Models (2023), section 4.2, for r; Meehan, Chaudhuri and
 * Dasgupta, A Non-Parametric Test to Detect Data-Copying in Generative Models (2020), section 3, for the test of ranks against
 * test images.
 *
 * @param drawn median of r of the drawn images
 * @param test median of r of the test images
 * @param nearer the test of whether r is smaller for the drawn images
 */
public record Memorisation(double drawn, double test, MannWhitney nearer) {
    /** k, or fewer where there are fewer training images. */
    private static final int NEIGHBOURS = 50;

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
            all = relative(points, train, extractor, arrays, work);
        }
        double[] ofDrawn = Arrays.copyOf(all, count);
        double[] ofTest = Arrays.copyOfRange(all, count, all.length);
        return new Memorisation(median(ofDrawn), median(ofTest), MannWhitney.less(ofDrawn, ofTest));
    }

    private static double[] relative(
            NDArray points, ImageSet train, FeatureExtractor extractor, NDManager manager, ProgressListener work) {
        double[][] nearest = new double[Math.toIntExact(points.getShape().get(0))][0];
        for (int from = 0; from < train.size(); from += CHUNK) {
            int to = Math.min(train.size(), from + CHUNK);
            try (NDManager arrays = manager.newSubManager()) {
                NDArray some = FeatureSet.features(extractor, train, from, to, arrays);
                double[][] more = NearestNeighbours.of(points, some, Math.min(NEIGHBOURS, to - from))
                        .distances();
                Arrays.setAll(nearest, i -> smallest(nearest[i], more[i]));
            }
            work.at(WORK, to, train.size());
        }
        return Arrays.stream(nearest).mapToDouble(Memorisation::relative).toArray();
    }

    private static double[] smallest(double[] a, double... b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b))
                .sorted()
                .limit(NEIGHBOURS)
                .toArray();
    }

    private static double relative(double... ascending) {
        double mean = Arrays.stream(ascending).average().orElseThrow();
        return mean == 0 ? 0 : ascending[0] / mean;
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
