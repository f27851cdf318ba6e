package org.scorebook.generation;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * How far an order is.
 *
 * @param step of the images in work, from 0, their noise, to steps
 * @param steps of the sampler's loop
 * @param finished how many images are
 * @param inWork how many are drawn together now
 * @param images all of the order, in its order: finished, in work, or grey where not begun; not to be drawn on
 */
public record GenerationProgress(int step, int steps, int finished, int inWork, List<BufferedImage> images) {
    public GenerationProgress {
        images = List.copyOf(images);
    }
}
