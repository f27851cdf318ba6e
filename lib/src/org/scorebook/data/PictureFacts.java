package org.scorebook.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.scorebook.data.FolderReport.Size;

/**
 * What is kept of a picture once it was looked at: little, however large it is.
 *
 * @param size upright
 * @param kind of its file
 * @param turned whether it was turned to be upright
 * @param hash of size and pixels: that of another picture is another
 */
record PictureFacts(Size size, PictureKind kind, boolean turned, Hash hash) {
    /** The first half of a SHA-256. */
    record Hash(long first, long second) {}

    /** @throws BadDataFile as {@link PictureFile#read} does, and if the file cannot be read at all */
    static PictureFacts of(Path file) throws BadDataFile {
        try {
            Picture picture = PictureFile.open(file);
            int width = picture.pixels().getWidth();
            int height = picture.pixels().getHeight();
            byte[] planes = Pixels.planes(picture.pixels(), 0, 0, width, height);
            return new PictureFacts(new Size(width, height), picture.kind(), picture.turned(), hash(width, planes));
        } catch (BadDataFile e) {
            throw e;
        } catch (IOException e) {
            throw new BadDataFile(file, "cannot be read: " + e, e);
        }
    }

    private static Hash hash(int width, byte[] planes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(4).putInt(width).array());
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest(planes));
            return new Hash(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    boolean isSquare() {
        return size.width() == size.height();
    }

    int shorterSide() {
        return Math.min(size.width(), size.height());
    }

    long area() {
        return (long) size.width() * size.height();
    }
}
