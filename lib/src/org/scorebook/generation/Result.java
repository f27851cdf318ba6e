package org.scorebook.generation;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A finished order.
 *
 * @param images one for each label, as {@link org.scorebook.plot.ImageGrid#pictures} makes them; not to be drawn on
 * @param modelStep how many steps the model was trained for
 * @param evaluations of the network for an image; guidance takes two at a time
 * @param seconds of work on its images, those included that were drawn with them
 */
public record Result(List<BufferedImage> images, long modelStep, long evaluations, double seconds) {
    public Result {
        images = List.copyOf(images);
    }
}
