package org.scorebook.model;

import ai.djl.ndarray.types.Shape;

/** The sides of images. */
final class Sides {
    private Sides() {}

    /** @param image of shape (B, C, H, W) */
    static void requireDivisible(Shape image, int divisor) {
        if (image.dimension() != 4 || image.get(2) % divisor != 0 || image.get(3) % divisor != 0) {
            throw new IllegalArgumentException("x must have shape (B, C, H, W) with H and W divisible by " + divisor
                    + ", because the network halves them, but has " + image);
        }
    }
}
