package org.scorebook.view;

import com.madgag.gif.fmsware.AnimatedGifEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** An animation that repeats for ever. */
final class Gif {
    private Gif() {}

    /**
     * @param frames of one size
     * @param millis how long each frame stays; the format counts in steps of 10 ms
     */
    static byte[] encode(List<BufferedImage> frames, int millis) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("frames must contain at least one picture, but is empty");
        }
        if (millis < 20) {
            throw new IllegalArgumentException(
                    "millis must be at least 20 (browsers slow down faster ones), but is " + millis);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AnimatedGifEncoder encoder = new AnimatedGifEncoder();
        encoder.start(bytes);
        encoder.setRepeat(0);
        encoder.setDelay(millis);
        encoder.setQuality(5);
        for (BufferedImage frame : frames) {
            requireSameSize(frames.get(0), frame);
            encoder.addFrame(frame);
        }
        encoder.finish();
        return bytes.toByteArray();
    }

    private static void requireSameSize(BufferedImage first, BufferedImage frame) {
        if (first.getWidth() != frame.getWidth() || first.getHeight() != frame.getHeight()) {
            throw new IllegalArgumentException("frames must have one size, but there are " + first.getWidth() + " x "
                    + first.getHeight() + " and " + frame.getWidth() + " x " + frame.getHeight());
        }
    }
}
