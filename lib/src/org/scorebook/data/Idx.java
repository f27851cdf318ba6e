package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.scorebook.base.Require;

/**
 * Files of the IDX format, as MNIST and Fashion-MNIST come, plain or packed with gzip: two zero bytes, the type 0x08
 * (unsigned byte), the number of dimensions, each dimension as four bytes with the highest first, then the values.
 *
 * <p>Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits (1998).
 */
public final class Idx {
    private static final int UNSIGNED_BYTE = 0x08;

    private Idx() {}

    /**
     * Reads grey images and their labels.
     *
     * @param name of the set
     * @param images a file of dimensions N, H, W
     * @param labels a file of dimension N
     * @param classNames in the order of the labels
     * @throws BadDataFile if a file is cut short, damaged or not of this format, if the numbers of images and labels
     *     differ, or if a label has no class name; the message names file and byte
     */
    public static ImageSet read(String name, Path images, Path labels, List<String> classNames) throws IOException {
        Require.given("name", name);
        Require.given("labels", labels);
        Require.given("classNames", classNames);
        Contents pixels = contents(Require.given("images", images), "pixels", 3);
        Contents classes = contents(labels, "labels", 1);
        int[] shape = pixels.shape;
        if (classes.shape[0] != shape[0]) {
            throw BadDataFile.at(
                    labels,
                    4,
                    "it has " + classes.shape[0] + " labels for the " + shape[0] + " images of " + images,
                    null);
        }
        int[] numbers = new int[shape[0]];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = classes.bytes[i] & 0xff;
            if (numbers[i] >= classNames.size()) {
                throw BadDataFile.at(
                        labels, 8 + i, "label " + numbers[i] + " is not from 0 to " + (classNames.size() - 1), null);
            }
        }
        return new ImageSet(name, pixels.bytes, 1, shape[1], shape[2], numbers, classNames);
    }

    private static Contents contents(Path file, String what, int dimensions) throws IOException {
        try (ByteSource source = ByteSource.open(file)) {
            int expected = UNSIGNED_BYTE << 8 | dimensions;
            int magic = source.number("header");
            if (magic != expected) {
                throw source.bad(
                        0,
                        String.format(
                                "an IDX file of %s begins with 0x%08x, but this with 0x%08x", what, expected, magic));
            }
            int[] shape = shape(source, dimensions);
            byte[] bytes = source.bytes(Arrays.stream(shape).reduce(1, Math::multiplyExact), what);
            source.end();
            return new Contents(shape, bytes);
        }
    }

    private static int[] shape(ByteSource source, int dimensions) throws IOException {
        int[] shape = new int[dimensions];
        long count = 1;
        for (int d = 0; d < dimensions; d++) {
            shape[d] = source.number("header");
            count = shape[d] < 1 ? -1 : count * shape[d];
            if (count < 1 || count > Integer.MAX_VALUE - 8) { // the longest array that Java makes
                String read = Arrays.toString(Arrays.copyOf(shape, d + 1));
                throw source.bad(source.offset() - 4, "dimensions " + read + " are not possible");
            }
        }
        return shape;
    }

    private static final class Contents {
        final int[] shape;
        final byte[] bytes;

        Contents(int[] shape, byte[] bytes) {
            this.shape = shape;
            this.bytes = bytes;
        }
    }
}
