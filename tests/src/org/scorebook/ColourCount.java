package org.scorebook;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** What is in a picture. */
public final class ColourCount {
    private ColourCount() {}

    /** All, row by row, as ARGB. */
    public static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** How many have a colour. */
    public static long count(BufferedImage image, Color colour) {
        return Arrays.stream(pixels(image)).filter(p -> p == colour.getRGB()).count();
    }
}
