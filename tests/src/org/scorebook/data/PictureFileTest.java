package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFileTest {
    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    /**
     * The eight orientations as Exif defines them: on which side the stored picture's first row and first column are to be seen.
     * Each quarter of the stored picture has a colour of its own, and the picture is twice as wide as high.
     */
    @ParameterizedTest
    @CsvSource({
        "1, top, left",
        "2, top, right",
        "3, bottom, right",
        "4, bottom, left",
        "5, left, top",
        "6, right, top",
        "7, right, bottom",
        "8, left, bottom"
    })
    void photographsStandUpright(int orientation, String firstRow, String firstColumn) throws IOException {
        BufferedImage seen = PictureFile.read(photograph(orientation));
        boolean turned = List.of("left", "right").contains(firstRow);
        assertEquals(turned ? SIDE : 2 * SIDE, seen.getWidth());
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                int x = place(turned ? firstRow : firstColumn, "left", turned ? row : column, seen.getWidth());
                int y = place(turned ? firstColumn : firstRow, "top", turned ? column : row, seen.getHeight());
                assertNear(colour(row, column), seen.getRGB(x, y));
            }
        }
    }

    private static int place(String first, String start, int end, int length) {
        boolean atStart = first.equals(start) == (end == 0);
        return atStart ? 2 : length - 3;
    }

    private static int colour(int row, int column) {
        return List.of(0xc82020, 0x20c820, 0x2020c8, 0xc8c8c8).get(2 * row + column);
    }

    private Path photograph(int orientation) throws IOException {
        BufferedImage stored = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 2 * SIDE * SIDE; i++) {
            stored.setRGB(i % (2 * SIDE), i / (2 * SIDE), colour(i / (SIDE * SIDE), i % (2 * SIDE) / SIDE));
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(stored, "jpg", plain);
        return Files.write(folder.resolve("photograph.jpg"), DataFiles.marked(plain.toByteArray(), orientation));
    }

    /** Ink of 0, 127, 191 and 0 of 255 is seen as light of 255, 128, 64. */
    @Test
    void inkBecomesLight() throws IOException {
        BufferedImage seen = PictureFile.read(Path.of("tests/resources/cmyk.jpg"));
        assertNear(0xff8040, seen.getRGB(16, 16));
    }

    private static void assertNear(int expected, int found) {
        for (int shift = 0; shift < 24; shift += 8) {
            assertEquals(expected >> shift & 0xff, found >> shift & 0xff, 12, "%06x".formatted(found & 0xffffff));
        }
    }
}
