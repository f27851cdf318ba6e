package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

class ImageTableTest {
    @Seeded(1)
    private NDManager manager;

    /** Six images, only the last of them white: it stands in the second row's third column, at the lower right corner. */
    @Test
    void imagesStandRowByRow() {
        NDArray images = manager.full(new Shape(6, 1, 4, 4), -1f);
        images.set(new ai.djl.ndarray.index.NDIndex("5"), 0f);
        BufferedImage table = ImageTable.of("By w", List.of("w = 0", "w = 3"), List.of("a", "b", "c"), images, 10);
        int right = table.getWidth() - 2 * 8 - 2 * 22;
        int bottom = table.getHeight() - 2 * 8 - 2 * 22;
        Color grey = new Color(128, 128, 128);
        assertEquals(grey.getRGB(), table.getRGB(right, bottom));
        assertEquals(Color.BLACK.getRGB(), table.getRGB(right - 84, bottom));
        assertEquals(Color.BLACK.getRGB(), table.getRGB(right, bottom - 84));
        assertEquals(
                "By w. 2 rows of 3 images; rows w = 0; w = 3; columns a; b; c", Picture.description(table));
    }

    @Test
    void namesThatDoNotFitTheImagesAreRefused() {
        NDArray images = manager.zeros(new Shape(5, 1, 4, 4));
        assertEquals(
                "images must be as many as rows times columns, at least 1, but are 5 for 2 rows and 0 columns",
                message(() -> ImageTable.of("t", List.of("a", "b"), List.of(), images, 1)));
    }
}
