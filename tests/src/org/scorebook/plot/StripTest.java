package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures begin 58 CSS pixels from the top and 8 from the left, with gaps of 8. */
class StripTest {
    private static BufferedImage filled(Color colour) {
        return Picture.draw(100, 80, g -> {
            g.setColor(colour);
            g.fillRect(0, 0, 100, 80);
        });
    }

    @Test
    void picturesStandSideBySideAndWrap() {
        List<BufferedImage> pictures = List.of(filled(Color.RED), filled(Color.GREEN), filled(Color.BLUE));
        BufferedImage row = Strip.of("t", List.of("a", "b", "c"), pictures).picture();
        assertEquals(2 * (3 * 108 + 8), row.getWidth());
        assertEquals(Color.RED.getRGB(), row.getRGB(2 * 8, 2 * 58));
        assertEquals(Color.GREEN.getRGB(), row.getRGB(2 * 116, 2 * 58));
        assertEquals(Color.BLUE.getRGB(), row.getRGB(2 * 323, 2 * 137));
        BufferedImage wrapped =
                Strip.of("t", List.of("a", "b", "c"), pictures).columns(2).picture();
        assertEquals(2 * (2 * 108 + 8), wrapped.getWidth());
        assertEquals(Color.BLUE.getRGB(), wrapped.getRGB(2 * 8, 2 * (58 + 110)));
    }

    @Test
    void manyPicturesFillRowsOfAboutOneLength() {
        BufferedImage strip = Strip.of("t", Collections.nCopies(10, "a"), Collections.nCopies(10, filled(Color.RED)))
                .picture();
        assertEquals(2 * (5 * 108 + 8), strip.getWidth());
    }

    @Test
    void plainImagesKeepTheirPixelsAndPlanesTheirSize() {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        image.setRGB(0, 0, Color.WHITE.getRGB());
        BufferedImage strip = Strip.of("", List.of(""), List.of(image)).picture();
        assertEquals(Color.WHITE.getRGB(), strip.getRGB(2 * 8 + 1, 2 * 58 + 1));
        assertEquals(Color.BLACK.getRGB(), strip.getRGB(2 * 8 + 2, 2 * 58 + 1));
        Plane plane = new Plane("unseen", new Axis("x", 0, 1), new Axis("y", 0, 1)).density((x, y) -> x);
        BufferedImage planes =
                Strip.ofPlanes("t", List.of("a", "b"), List.of(plane, plane)).picture();
        assertEquals(2 * (2 * 200 + 8), planes.getWidth());
        assertTrue(new Color(planes.getRGB(2 * (8 + 192 - 10), 2 * 140)).getRed() > 240, "yellow at the right");
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "captions must be as many as the pictures, at least 1, but are 2 for 1",
                message(() -> Strip.of("t", List.of("a", "b"), List.of(filled(Color.RED)))));
        assertEquals("perRow must be at least 1, but is 0", message(() -> Strip.of(
                        "t", List.of("a"), List.of(filled(Color.RED)))
                .columns(0)));
    }
}
