package org.scorebook.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

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
        FolderLayout.requireRoom(files.size(), side);
        byte[] all = new byte[files.size() * size];
        AtomicInteger cut = new AtomicInteger();
        InParallel.forEach(files.size(), i -> {
            BufferedImage picture = PictureFile.read(files.get(i));
            cut.addAndGet(picture.getWidth() == picture.getHeight() ? 0 : 1);
            System.arraycopy(Thumbnail.square(picture, side), 0, all, i * size, size);
        });
        return new SquarePictures(all, side, cut.get());
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
