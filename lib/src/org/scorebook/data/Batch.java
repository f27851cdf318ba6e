package org.scorebook.data;

import ai.djl.ndarray.NDArray;
import java.util.stream.IntStream;

/**
 * A few labelled images.
 *
 * @param images float32 of shape (B, C, H, W), from -1 to 1
 * @param labels the class of each, from 0
 */
public record Batch(NDArray images, int[] labels) {
    /** The labels as an array of shape (B), int64, that belongs to the manager of the images. */
    public NDArray classes() {
        return images.getManager().create(IntStream.of(labels).asLongStream().toArray());
    }
}
