package org.scorebook.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The middle squares of many pictures.
 *
 * @param planes red, green and blue of each, one after another
 * @param side in pixels
 * @param cut how many pictures were not square
 */
record SquarePictures(byte[] planes, int side, int cut) {
    /** @throws CancellationException if the thread was interrupted; the interrupt is used up */
    static SquarePictures read(List<Path> files, int side) throws IOException {
        int size = 3 * side * side;
        byte[] all = new byte[Math.multiplyExact(files.size(), size)];
        AtomicInteger cut = new AtomicInteger();
        try {
            IntStream.range(0, files.size()).parallel().forEach(i -> {
                if (Thread.interrupted()) { // only the caller's thread, which does its share, is ever interrupted
                    throw new CancellationException("reading of pictures was interrupted");
                }
                BufferedImage picture = picture(files.get(i));
                cut.addAndGet(picture.getWidth() == picture.getHeight() ? 0 : 1);
                System.arraycopy(Thumbnail.square(picture, side), 0, all, i * size, size);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new SquarePictures(all, side, cut.get());
    }

    private static BufferedImage picture(Path file) {
        try {
            return PictureFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says how many were cut, and how; nothing where none was. */
    String remark(Path folder) {
        int all = planes.length / (3 * side * side);
        return cut == 0
                ? ""
                : "%d of %d pictures in %s are not square: of each the middle square is taken, at %d x %d pixels."
                        .formatted(cut, all, folder, side, side);
    }
}
