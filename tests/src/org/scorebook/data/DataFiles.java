package org.scorebook.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small data files of the formats that the library reads. */
public final class DataFiles {
    private DataFiles() {}

    /** An IDX file of bytes. */
    static byte[] idx(byte[] values, int... shape) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
        buffer.putInt(0x0800 | shape.length);
        for (int n : shape) {
            buffer.putInt(n);
        }
        return buffer.put(values).array();
    }

    /** So many images of 4 x 3 pixels and their labels, from 0 to 9 in turn, under MNIST's names. */
    static void mnist(Path folder, int train, int test) throws IOException {
        Files.createDirectories(folder);
        mnist(folder, "train", train);
        mnist(folder, "t10k", test);
    }

    private static void mnist(Path folder, String part, int n) throws IOException {
        Files.write(folder.resolve(part + "-images-idx3-ubyte.gz"), gzip(idx(random(12 * n, n), n, 4, 3)));
        Files.write(folder.resolve(part + "-labels-idx1-ubyte.gz"), gzip(idx(labels(n), n)));
    }

    private static byte[] labels(int n) {
        byte[] labels = new byte[n];
        for (int i = 0; i < n; i++) {
            labels[i] = (byte) (i % 10);
        }
        return labels;
    }

    /** Records of CIFAR-10 with labels from 0 to 9 in turn. */
    static byte[] cifar(int records, long seed) {
        byte[] bytes = random(3073 * records, seed);
        for (int i = 0; i < records; i++) {
            bytes[3073 * i] = (byte) (i % 10);
        }
        return bytes;
    }

    static byte[] random(int n, long seed) {
        byte[] bytes = new byte[n];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory
        }
        return packed.toByteArray();
    }

    /** A picture of one colour. */
    public static void picture(Path file, String format, int width, int height, int rgb) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, rgb);
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, format, file.toFile());
    }

    /** A JPEG file with Exif's mark of which side is up, from 1 to 8. */
    public static byte[] marked(byte[] jpeg, int orientation) throws IOException {
        byte[] exif = HexFormat.of()
                .parseHex("ffe1002245786966" + "00004d4d002a00000008000101120003000000010" + "00" + orientation
                        + "000000000000");
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.write(jpeg, 0, 2);
        marked.write(exif);
        marked.write(jpeg, 2, jpeg.length - 2);
        return marked.toByteArray();
    }
}
