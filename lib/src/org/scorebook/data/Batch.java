package org.scorebook.data;

import ai.djl.ndarray.NDArray;

/**
 * A few images of a set.
 *
 * @param images float32 of shape (B, C, H, W), from -1 to 1
 * @param labels the class of each
 */
public record Batch(NDArray images, int[] labels) {}
