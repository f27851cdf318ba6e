package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scorebook.base.Require;

/**
 * CIFAR-10 in its binary version: colour images of 32 x 32 pixels in ten classes. A file is a row of records of 3,073
 * bytes: the label, then the red, the green and the blue plane.
 *
 * <p>Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009), and the page
 * https://www.cs.toronto.edu/~kriz/cifar.html.
 */
public final class Cifar10 {
    /** The classes, in the order of the labels. */
    public static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    static final String ARCHIVE = "cifar-10-binary.tar.gz";
    static final String FOLDER = "cifar-10-batches-bin";
    static final List<String> TRAIN =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    static final List<String> TEST = List.of("test_batch.bin");

    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int RECORD = 1 + PIXELS;

    private Cifar10() {}

    /**
     * The training images, 50,000 in the published set.
     *
     * @param place the folder with the files, or the archive {@code cifar-10-binary.tar.gz}
     * @throws BadDataFile if a file is cut short or a label is not from 0 to 9; the message names file and byte
     */
    public static ImageSet train(Path place) throws IOException {
        return read(place, TRAIN);
    }

    /** The test images, 10,000 in the published set; from the same place and with the same errors. */
    public static ImageSet test(Path place) throws IOException {
        return read(place, TEST);
    }

    private static ImageSet read(Path place, List<String> names) throws IOException {
        Require.given("place", place);
        Map<Path, byte[]> files = new LinkedHashMap<>();
        if (Files.isDirectory(place)) {
            for (String name : names) {
                files.put(place.resolve(name), Files.readAllBytes(place.resolve(name)));
            }
        } else {
            Map<String, byte[]> found = TarGz.read(place, Set.copyOf(names));
            names.forEach(name -> files.put(place.resolve(name), found.get(name)));
        }
        return join(files);
    }

    private static ImageSet join(Map<Path, byte[]> files) throws BadDataFile {
        int count =
                files.values().stream().mapToInt(file -> file.length / RECORD).sum();
        byte[] pixels = new byte[count * PIXELS];
        int[] labels = new int[count];
        int row = 0;
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            byte[] bytes = file.getValue();
            requireRecords(file.getKey(), bytes);
            for (int at = 0; at < bytes.length; at += RECORD, row++) {
                labels[row] = bytes[at];
                System.arraycopy(bytes, at + 1, pixels, row * PIXELS, PIXELS);
            }
        }
        return new ImageSet("cifar-10", pixels, 3, SIDE, SIDE, labels, CLASSES);
    }

    private static void requireRecords(Path file, byte[] bytes) throws BadDataFile {
        int rest = bytes.length % RECORD;
        if (rest != 0 || bytes.length == 0) {
            throw BadDataFile.at(
                    file,
                    bytes.length,
                    "the file ends here, within a record of " + RECORD + " bytes of which it has " + rest,
                    null);
        }
        for (int at = 0; at < bytes.length; at += RECORD) {
            if (bytes[at] < 0 || bytes[at] >= CLASSES.size()) {
                throw BadDataFile.at(file, at, "label " + (bytes[at] & 0xff) + " is not from 0 to 9", null);
            }
        }
    }
}
