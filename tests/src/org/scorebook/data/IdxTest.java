package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    private static final byte[] PIXELS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte) 255};
    private static final byte[] IMAGES = DataFiles.idx(PIXELS, 2, 3, 2);
    private static final byte[] LABELS = DataFiles.idx(new byte[] {1, 0}, 2);

    @TempDir
    private Path folder;

    private Path images;
    private Path labels;

    @BeforeEach
    void write() throws IOException {
        images = Files.write(folder.resolve("images"), IMAGES);
        labels = Files.write(folder.resolve("labels"), LABELS);
    }

    @Test
    void plainAndPackedFilesReadTheSame() throws IOException {
        for (boolean packed : new boolean[] {false, true}) {
            Files.write(images, packed ? DataFiles.gzip(IMAGES) : IMAGES);
            Files.write(labels, packed ? DataFiles.gzip(LABELS) : LABELS);
            ImageSet set = read();
            assertEquals("test: 2 images of shape (1, 3, 2)", set.toString());
            assertArrayEquals(new int[] {1, 0}, set.labels());
            assertEquals(255, set.picture(1).getRGB(1, 2) & 0xff);
            assertEquals(2, set.picture(0).getRGB(0, 1) & 0xff);
        }
    }

    @Test
    void damageIsToldWithFileAndByte() throws IOException {
        Files.write(images, Arrays.copyOf(IMAGES, 20));
        assertBad(images, 20, "the file ends here, but should have 8 more bytes of pixels");
        Files.write(images, Arrays.copyOf(IMAGES, 7));
        assertBad(images, 7, "the file ends here, but should have 1 more bytes of header");
        Files.write(images, Arrays.copyOf(IMAGES, 29));
        assertBad(images, 28, "the file should end here, but goes on");
        Files.write(images, new byte[0]);
        assertBad(images, 0, "the file ends here, but should have 4 more bytes of header");
        Files.write(images, LABELS);
        assertBad(images, 0, "an IDX file of pixels begins with 0x00000803, but this with 0x00000801");
        Files.write(images, DataFiles.idx(new byte[0], 2, 0, 2));
        assertBad(images, 8, "dimensions [2, 0] are not possible");
        Files.write(images, DataFiles.idx(new byte[0], 70_000, 70_000, 2));
        assertBad(images, 8, "dimensions [70000, 70000] are not possible");
    }

    @Test
    void labelsMustFit() throws IOException {
        Files.write(labels, DataFiles.idx(new byte[] {1, 2}, 2));
        assertBad(labels, 9, "label 2 is not from 0 to 1");
        Files.write(labels, DataFiles.idx(new byte[] {1, 0, 1}, 3));
        assertBad(labels, 4, "it has 3 labels for the 2 images of " + images);
    }

    @Test
    void damagedPackingIsTold() throws IOException {
        byte[] packed = DataFiles.gzip(IMAGES);
        Files.write(images, Arrays.copyOf(packed, packed.length - 12));
        assertTrue(
                message().startsWith(images + " is damaged at byte 16: the pixels that begin here cannot be unpacked"));
        byte[] wrongSum = packed.clone();
        wrongSum[packed.length - 7] ^= 1;
        Files.write(images, wrongSum);
        assertTrue(message().startsWith(images + " is damaged at byte "), message());
        Files.write(images, new byte[] {0x1f, (byte) 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        assertTrue(message().startsWith(images + " is damaged at byte 0: it begins like gzip, but is not"), message());
    }

    private ImageSet read() throws IOException {
        return Idx.read("test", images, labels, List.of("a", "b"));
    }

    private String message() {
        return assertThrows(BadDataFile.class, this::read).getMessage();
    }

    private void assertBad(Path file, int offset, String problem) {
        assertEquals(file + " is damaged at byte " + offset + ": " + problem, message());
    }
}
