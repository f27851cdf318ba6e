package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

class ImageTableTest {
    private static final List<String> ROWS = List.of("first row", "second");
    private static final List<String> COLUMNS = List.of("a", "b", "c");

    @Seeded(1)
    private NDManager manager;

    /** Six images of 20 x 20, white but for the last, which is black. */
    private NDArray images() {
        NDArray images = manager.ones(new Shape(6, 1, 20, 20));
        images.set(new ai.djl.ndarray.index.NDIndex("5"), -1);
        return images;
    }

    @Test
    void imagesStandInTheirRowsAndColumnsWithinGreyLines() {
        BufferedImage image = ImageTable.of("t", ROWS, COLUMNS, images(), 2);
        int right = image.getWidth() - 2 * 4;
        int bottom = image.getHeight() - 2 * 4;
        assertEquals(Color.BLACK, new Color(image.getRGB(right - 2 * 20, bottom - 2 * 20)), "the last one");
        assertEquals(Color.WHITE, new Color(image.getRGB(right - 2 * 64, bottom - 2 * 20)), "the one before");
        assertEquals(2 * (30 + 20 + 2 * 44), image.getHeight());
        int grey = (int) IntStream.range(0, image.getWidth())
                .filter(x -> image.getRGB(x, 2 * 70) == Palette.GREY.getRGB())
                .count();
        assertTrue(grey >= 12, "six lines of two pixels cross a row of white images, but pixels are " + grey);
    }

    @Test
    void labelsTakeRoomOnlyWhereTheyAre() {
        BufferedImage bare = ImageTable.of("t", List.of("", ""), List.of("", "", ""), images(), 2);
        assertEquals(2 * (4 + 3 * 44), bare.getWidth());
        assertEquals(2 * (30 + 2 * 44), bare.getHeight());
        assertEquals("t. 2 rows of 3 images", Picture.description(bare));
        assertEquals(
                bare.getWidth(),
                ImageTable.of("t", List.of("", ""), List.of(), images(), 2).getWidth());
    }

    @Test
    void labelsAreSaidToThoseWhoCannotSeeThem() {
        assertEquals(
                "t. 2 rows of 3 images; rows first row; second; columns a; b; c",
                Picture.description(ImageTable.of("t", ROWS, COLUMNS, images(), 2)));
    }

    @Test
    void aNumberThatDoesNotFitIsRefused() {
        assertEquals(
                "images must be as many as rows times columns, 2 x 2, but are 6",
                message(() -> ImageTable.of("t", ROWS, List.of("a", "b"), images(), 2)));
        assertEquals(
                "scale must be at least 1, but is 0", message(() -> ImageTable.of("t", ROWS, COLUMNS, images(), 0)));
    }
}
