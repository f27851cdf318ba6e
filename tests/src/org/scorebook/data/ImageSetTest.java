package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

class ImageSetTest {
    /** Two colour images of 1 x 2 pixels: red and blue, white and black. */
    private static final ImageSet COLOURS = new ImageSet(
            "colours",
            bytes(255, 0, 0, 0, 0, 255, 255, 0, 255, 0, 255, 0),
            3,
            1,
            2,
            new int[] {1, 0},
            List.of("a", "b"));

    @Test
    void networksSeeNumbersFromMinusOneToOne(@Seeded(1) NDManager manager) {
        NDArray images = COLOURS.images(manager, 1, 0);
        assertEquals(new Shape(2, 3, 1, 2), images.getShape());
        assertArrayEquals(new float[] {1, -1, 1, -1, 1, -1, 1, -1, -1, -1, -1, 1}, images.toFloatArray());
        float[] all = new float[256];
        byte[] every = new byte[256];
        for (int v = 0; v < 256; v++) {
            every[v] = (byte) v;
        }
        new ImageSet("all", every, 1, 16, 16, new int[1], List.of("a")).fill(0, false, all, 0);
        for (int v = 0; v < 256; v++) {
            assertEquals(v / 127.5f - 1, all[v], 0);
        }
    }

    @Test
    void aMirrorImageSwapsLeftAndRight() {
        float[] values = new float[12];
        COLOURS.fill(0, true, values, 1);
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, -1, 1, -1, -1, 1, -1}, values);
    }

    @Test
    void partsKeepTheirLabels() {
        assertArrayEquals(new int[] {0, 1, 0}, COLOURS.subset(1, 0, 1).labels());
        assertEquals(0xffffff, COLOURS.subset(1).picture(0).getRGB(0, 0) & 0xffffff);
        assertEquals(1, COLOURS.first(1).label(0));
        assertSame(COLOURS, COLOURS.first(5));
        assertEquals(0x0000ff, COLOURS.ofClass(1).picture(0).getRGB(1, 0) & 0xffffff);
        assertArrayEquals(new int[] {0, 1}, COLOURS.ofClass(1).classSizes());
        assertEquals("colours: 2 images of shape (3, 1, 2)", COLOURS.toString());
    }

    @Test
    void greyIsLuma() {
        ImageSet grey = COLOURS.grey();
        assertEquals(1, grey.channels());
        assertEquals(76, grey.picture(0).getRGB(0, 0) & 0xff);
        assertEquals(29, grey.picture(0).getRGB(1, 0) & 0xff);
        assertEquals(255, grey.picture(1).getRGB(0, 0) & 0xff);
        assertSame(grey, grey.grey());
    }

    @Test
    void badArgumentsAreNamed() {
        List<String> classes = List.of("a", "b");
        assertEquals(
                "channels must be 1 (grey) or 3 (colour), but is 2",
                message(() -> new ImageSet("x", new byte[2], 2, 1, 1, new int[1], classes)));
        assertEquals(
                "bytes must have 2 x 1 x 3 x 4 = 24 values, but has 23",
                message(() -> new ImageSet("x", new byte[23], 1, 3, 4, new int[2], classes)));
        assertEquals(
                "labels must be from 0 to 1, but number 1 is 2",
                message(() -> new ImageSet("x", new byte[2], 1, 1, 1, new int[] {0, 2}, classes)));
        assertEquals(
                "number of labels must be at least 1, but is 0",
                message(() -> new ImageSet("x", new byte[0], 1, 1, 1, new int[0], classes)));
        assertEquals("row must be from 0 to 1, but is 2", message(() -> COLOURS.picture(2)));
        assertEquals("row must be from 0 to 1, but is -1", message(() -> COLOURS.subset(-1)));
        assertEquals("place must be from 0 to 0, but is 1", message(() -> COLOURS.fill(0, false, new float[11], 1)));
        assertEquals("label must be from 0 to 1, but is 2", message(() -> COLOURS.ofClass(2)));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
