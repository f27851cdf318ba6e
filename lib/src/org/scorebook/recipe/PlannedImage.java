package org.scorebook.recipe;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the images that a seed stands for: with the network and the rest of the plan, these numbers say what it looks like.
 *
 * @param seed of the noise of all images that have it
 * @param number of the image among these, from 0
 * @param label of its class, from 0; the number of classes for no class
 */
public record PlannedImage(long seed, int number, int label) {
    /** Images that follow each other, one for each label. */
    static List<PlannedImage> from(int first, long seed, int... labels) {
        return IntStream.range(0, labels.length)
                .mapToObj(i -> new PlannedImage(seed, first + i, labels[i]))
                .toList();
    }
}
