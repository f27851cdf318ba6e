package org.scorebook.data;

import java.awt.image.BufferedImage;

/**
 * Which side of a picture is up, as a camera notes it beside the pixels: what must be done to the stored picture. The names are
 * those of Java's standard image metadata, the numbers those of Exif.
 *
 * <p>Source: CIPA DC-008, Exif 2.32, tag 274.
 */
record Orientation(boolean transposed, boolean fromRight, boolean fromBelow) {
    /** @param name the value of {@code ImageOrientation} */
    static Orientation named(String name) {
        return switch (name) {
            case "FlipH" -> new Orientation(false, true, false); // 2
            case "Rotate180" -> new Orientation(false, true, true); // 3
            case "FlipV" -> new Orientation(false, false, true); // 4
            case "FlipVRotate90" -> new Orientation(true, false, false); // 5
            case "Rotate270" -> new Orientation(true, false, true); // 6
            case "FlipHRotate90" -> new Orientation(true, true, true); // 7
            case "Rotate90" -> new Orientation(true, true, false); // 8
            default -> new Orientation(false, false, false);
        };
    }

    /** Whether nothing is to be done. */
    boolean isUpright() {
        return !transposed && !fromRight && !fromBelow;
    }

    /** The picture as it is to be seen. */
    BufferedImage upright(BufferedImage stored) {
        if (isUpright()) {
            return stored;
        }
        int right = stored.getWidth() - 1;
        int below = stored.getHeight() - 1;
        int width = transposed ? below + 1 : right + 1;
        int height = transposed ? right + 1 : below + 1;
        BufferedImage seen = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            int column = transposed ? i / width : i % width;
            int line = transposed ? i % width : i / width;
            seen.setRGB(
                    i % width,
                    i / width,
                    stored.getRGB(fromRight ? right - column : column, fromBelow ? below - line : line));
        }
        return seen;
    }
}
