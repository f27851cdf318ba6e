package org.scorebook.metric;

import ai.djl.ndarray.NDArray;

/**
 * From images to numbers that say what is in them, by which sets of images are compared: {@link FrechetDistance},
 * {@link PrecisionRecall}. What they say depends on the network; results of different extractors cannot be compared.
 */
public interface FeatureExtractor {
    /** Which network on what, so that two with one name give the same numbers. */
    String name();

    /** Of its parameters: two with the same one are the same network. For one whose name says which it is, the name. */
    default String fingerprint() {
        return name();
    }

    /** D, how many features an image has. */
    int dimension();

    /**
     * The features of each image, untracked.
     *
     * @param images of shape (B, C, H, W), from -1 to 1
     * @return of shape (B, D), float32; belongs to the manager of the images
     * @throws IllegalArgumentException if the network does not take such images
     */
    NDArray features(NDArray images);
}
