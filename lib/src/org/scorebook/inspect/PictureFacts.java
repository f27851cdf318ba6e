package org.scorebook.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.scorebook.data.FilePicture;
import org.scorebook.data.PictureFile;
import org.scorebook.data.PictureKind;

/**
 * What is kept of a picture once it was looked at: little, however large it is.
 *
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param kind of its file
 * @param turned whether it was turned to be upright
 * @param hash of size and pixels: that of another picture is another
 */
record PictureFacts(int width, int height, PictureKind kind, boolean turned, PixelHash hash) {
    /** The first half of a SHA-256. */
    record PixelHash(long first, long second) {}

    /** @throws org.scorebook.data.BadDataFile if the file is not what its name says, or is damaged or cut short */
    static PictureFacts of(Path file) throws IOException {
        FilePicture picture = PictureFile.open(file);
        int width = picture.pixels().getWidth();
        int height = picture.pixels().getHeight();
        int[] rgb = picture.pixels().getRGB(0, 0, width, height, null, 0, width);
        return new PictureFacts(width, height, picture.kind(), picture.turned(), hash(width, rgb));
    }

    private static PixelHash hash(int width, int... rgb) {
        ByteBuffer all =
                ByteBuffer.allocate(Math.multiplyExact(4, rgb.length + 1)).putInt(width);
        all.asIntBuffer().put(rgb);
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(all.array()));
            return new PixelHash(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Whether nothing of it is cut away. */
    boolean isSquare() {
        return width == height;
    }

    /** In pixels. */
    int shorterSide() {
        return Math.min(width, height);
    }

    /** Width times height. */
    long area() {
        return (long) width * height;
    }
}
