package org.scorebook.view;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.scorebook.base.Require;

/**
 * An animation that repeats for ever. All frames share one palette, and each holds only what has changed since the one
 * before, so that sixty sharp frames of a plot still fit a notebook.
 */
final class Gif {
    /** More look no better on a plot, and take more room. */
    private static final int COLOURS = 96;

    private final int width;
    private final SharedPalette palette;
    private final GifWriter writer;
    private final int[] shown;

    private Gif(int width, int height, List<int[]> frames) {
        this.width = width;
        palette = new SharedPalette(frames, COLOURS);
        writer = new GifWriter(width, height, palette.colours());
        shown = new int[width * height];
        Arrays.fill(shown, -1);
    }

    /**
     * @param frames of one size
     * @param millis how long each frame stays; the format counts in steps of 10 ms
     */
    static byte[] encode(List<BufferedImage> frames, int millis) {
        if (Require.given("frames", frames).isEmpty()) {
            throw new IllegalArgumentException("frames must contain at least one picture, but is empty");
        }
        if (millis < 20) {
            throw new IllegalArgumentException(
                    "millis must be at least 20 (browsers slow down faster ones), but is " + millis);
        }
        int width = frames.get(0).getWidth();
        int height = frames.get(0).getHeight();
        frames.forEach(frame -> requireSize(width, height, frame));
        List<int[]> pixels = frames.stream()
                .map(frame -> frame.getRGB(0, 0, width, height, null, 0, width))
                .toList();
        Gif gif = new Gif(width, height, pixels);
        pixels.forEach(frame -> gif.add(frame, millis / 10));
        return gif.writer.finish();
    }

    /** Writes the smallest rectangle around all changes; within it, what has not changed is transparent. */
    private void add(int[] frame, int hundredths) {
        int transparent = palette.colours().length;
        Rectangle place = new Rectangle(-1, -1);
        byte[] indices = new byte[frame.length];
        for (int k = 0; k < frame.length; k++) {
            int index = palette.index(frame[k]);
            if (index == shown[k]) {
                indices[k] = (byte) transparent;
            } else {
                indices[k] = (byte) index;
                shown[k] = index;
                place.add(new Rectangle(k % width, k / width, 1, 1));
            }
        }
        Rectangle part = place.isEmpty() ? new Rectangle(1, 1) : place; // a frame needs a pixel
        writer.frame(part, cut(indices, part), hundredths);
    }

    private byte[] cut(byte[] indices, Rectangle part) {
        byte[] cut = new byte[part.width * part.height];
        for (int y = 0; y < part.height; y++) {
            System.arraycopy(indices, (part.y + y) * width + part.x, cut, y * part.width, part.width);
        }
        return cut;
    }

    private static void requireSize(int width, int height, BufferedImage frame) {
        if (frame.getWidth() != width || frame.getHeight() != height) {
            throw new IllegalArgumentException("frames must have one size, but there are " + width + " x " + height
                    + " and " + frame.getWidth() + " x " + frame.getHeight());
        }
    }
}
