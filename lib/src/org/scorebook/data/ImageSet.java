package org.scorebook.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scorebook.base.Require;

/**
 * Labelled images of one size, held as one byte a value, as their files have them. Networks see them in float32 from -1
 * to 1: {@code v / 127.5 - 1}. A set never changes, and any thread may read it.
 */
public final class ImageSet implements LabelledImages {
    private static final float[] SCALED = new float[256];

    static {
        for (int v = 0; v < 256; v++) {
            SCALED[v] = v / 127.5f - 1;
        }
    }

    private final String name;
    private final byte[] bytes;
    private final int channels;
    private final int height;
    private final int width;
    private final int[] labels;
    private final List<String> classNames;
    private final String remark;

    /**
     * @param name of the set
     * @param bytes values from 0 to 255, N x C x H x W, row by row from the top left; not copied, so leave them alone
     * @param channels C, 1 for grey or 3 for red, green and blue
     * @param height H in pixels, at least 1
     * @param width W in pixels, at least 1
     * @param labels one an image, each the number of a class name
     * @param classNames at least one
     * @throws IllegalArgumentException if a length or label does not fit
     */
    public ImageSet(
            String name, byte[] bytes, int channels, int height, int width, int[] labels, List<String> classNames) {
        this(name, bytes, channels, height, width, labels, classNames, "");
    }

    ImageSet(
            String name,
            byte[] bytes,
            int channels,
            int height,
            int width,
            int[] labels,
            List<String> classNames,
            String remark) {
        this.name = Require.given("name", name);
        this.bytes = Require.given("bytes", bytes);
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.labels = Require.given("labels", labels).clone();
        this.classNames = List.copyOf(Require.given("classNames", classNames));
        this.remark = remark;
        requireShape();
        requireClasses();
    }

    private void requireShape() {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 (grey) or 3 (colour), but is " + channels);
        }
        Require.atLeast("height", height, 1);
        Require.atLeast("width", width, 1);
        Require.atLeast("number of labels", labels.length, 1);
        Require.atLeast("number of classNames", classNames.size(), 1);
        long expected = (long) labels.length * channels * height * width;
        if (bytes.length != expected) {
            throw new IllegalArgumentException("bytes must have " + labels.length + " x " + channels + " x " + height
                    + " x " + width + " = " + expected + " values, but has " + bytes.length);
        }
    }

    private void requireClasses() {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classNames.size()) {
                throw new IllegalArgumentException("labels must be from 0 to " + (classNames.size() - 1)
                        + ", but number " + i + " is " + labels[i]);
            }
        }
    }

    /** What the set is called. */
    public String name() {
        return name;
    }

    /** One sentence on what was done to the pictures when they were read that their owner may not expect; empty for nothing. */
    public String remark() {
        return remark;
    }

    /** N, at least 1. */
    @Override
    public int size() {
        return labels.length;
    }

    /** C, 1 or 3. */
    public int channels() {
        return channels;
    }

    /** H, in pixels. */
    public int height() {
        return height;
    }

    /** W, in pixels. */
    public int width() {
        return width;
    }

    /** The shape of one image, (C, H, W). */
    public Shape imageShape() {
        return new Shape(channels, height, width);
    }

    /** The names of the classes, in the order of their numbers. */
    public List<String> classNames() {
        return classNames;
    }

    /** The class of an image, from 0. */
    public int label(int row) {
        return labels[Require.index("row", row, size())];
    }

    /** The classes of all images. */
    public int[] labels() {
        return labels.clone();
    }

    /** How many images each class has. */
    public int[] classSizes() {
        int[] sizes = new int[classNames.size()];
        Arrays.stream(labels).forEach(label -> sizes[label]++);
        return sizes;
    }

    /**
     * The images of the given rows, as float32 from -1 to 1.
     *
     * @param manager owner of the array
     * @param rows from 0 to N - 1, in any order, at least one
     * @return of shape (B, C, H, W)
     */
    public NDArray images(NDManager manager, int... rows) {
        Require.atLeast("number of rows", rows.length, 1);
        float[] values = new float[Math.multiplyExact(rows.length, imageSize())];
        for (int i = 0; i < rows.length; i++) {
            fill(rows[i], false, values, i);
        }
        return manager.create(values, new Shape(rows.length, channels, height, width));
    }

    /**
     * All images as their bytes, 0 to 255.
     *
     * @param manager owner of the array
     * @return uint8, of shape (N, C, H, W)
     */
    public NDArray bytes(NDManager manager) {
        Shape shape = new Shape(size(), channels, height, width);
        return Require.given("manager", manager).create(ByteBuffer.wrap(bytes), shape, DataType.UINT8);
    }

    @Override
    public Batch batch(NDManager manager, int... rows) {
        return new Batch(
                images(manager, rows), IntStream.of(rows).map(this::label).toArray());
    }

    /**
     * Writes one image, as numbers from -1 to 1, into an array of several. It is plain Java, for threads that must not call
     * the engine.
     *
     * @param row of this set
     * @param flip true for its mirror image, left to right
     * @param target room for whole images, each of C x H x W numbers
     * @param place of the image in the target, from 0
     */
    public void fill(int row, boolean flip, float[] target, int place) {
        int from = Require.index("row", row, size()) * imageSize();
        int to = Require.index("place", place, target.length / imageSize()) * imageSize();
        for (int line = 0; line < imageSize(); line += width) {
            for (int x = 0; x < width; x++) {
                int source = flip ? width - 1 - x : x;
                target[to + line + x] = SCALED[bytes[from + line + source] & 0xff];
            }
        }
    }

    /** One image to look at. */
    public BufferedImage picture(int row) {
        int from = Require.index("row", row, size()) * imageSize();
        return Pixels.picture(Arrays.copyOfRange(bytes, from, from + imageSize()), channels, height, width);
    }

    /** Some of the images, in the given order; a row may come more than once. */
    public ImageSet subset(int... rows) {
        byte[] some = new byte[Math.multiplyExact(rows.length, imageSize())];
        int[] their = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            their[i] = label(rows[i]);
            System.arraycopy(bytes, rows[i] * imageSize(), some, i * imageSize(), imageSize());
        }
        return new ImageSet(name, some, channels, height, width, their, classNames, remark);
    }

    /** The first images, or all of them if there are fewer. */
    public ImageSet first(int n) {
        Require.atLeast("n", n, 1);
        return n >= size() ? this : subset(IntStream.range(0, n).toArray());
    }

    /**
     * The images of one class. The names of all classes stay.
     *
     * @throws IllegalArgumentException if the number is no class's, or no image is of that class
     */
    public ImageSet ofClass(int label) {
        Require.index("label", label, classNames.size());
        return subset(IntStream.range(0, size()).filter(i -> labels[i] == label).toArray());
    }

    /** The same images without colour: {@code 0.299 R + 0.587 G + 0.114 B}, rounded (ITU-R BT.601's luma). */
    public ImageSet grey() {
        if (channels == 1) {
            return this;
        }
        return new ImageSet(name, Pixels.grey(bytes, height * width), 1, height, width, labels, classNames, remark);
    }

    private int imageSize() {
        return channels * height * width;
    }

    /** For messages: name, size and shape. */
    @Override
    public String toString() {
        return name + ": " + size() + " images of shape " + imageShape();
    }
}
