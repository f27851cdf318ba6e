package org.scorebook.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scorebook.base.Require;
import org.scorebook.base.Shuffle;

/**
 * A folder of PNG and JPEG pictures of any sizes, with one sub folder a class, as AFHQ comes (cat, dog, wild). Each picture
 * is scaled so that its shorter side fits, and its middle square is taken. The orientation that cameras note in a file
 * beside its pixels is not looked at. Hidden files are passed over.
 */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * Reads the pictures of all classes; class by class in the order of their names, and so the files of each.
     *
     * @param folder with one sub folder a class
     * @param side of the images in pixels, at least 1
     * @param largestClass how many pictures of a class at most: the first by file name
     * @return colour images, labelled by sub folder, named after the folder
     * @throws BadDataFile if there is no class, a class is empty, or a file is no picture, not what its name says or damaged;
     *     the message names it
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public static ImageSet read(Path folder, int side, int largestClass) throws IOException {
        return read(folder, classes(folder), side, largestClass);
    }

    /**
     * Reads the parts of a folder: those it has itself in sub folders named train and val or test (or all three), else
     * {@linkplain Splits#stratified 80, 10 and 10 %}. With val or test only, that one is the test part, and the validation
     * images are a tenth of train, drawn by the seed.
     */
    public static Splits splits(Path folder, int side, int largestClass, long seed) throws IOException {
        Path train = folder.resolve("train");
        if (!Files.isDirectory(train)) {
            return Splits.stratified(read(folder, side, largestClass), seed);
        }
        List<String> classes = classes(train);
        List<ImageSet> held = new ArrayList<>();
        for (String part : List.of("val", "test")) {
            if (Files.isDirectory(folder.resolve(part))) {
                held.add(mixed(read(folder.resolve(part), classes, side, largestClass), seed));
            }
        }
        ImageSet all = mixed(read(train, classes, side, largestClass), seed);
        return switch (held.size()) {
            case 0 -> Splits.stratified(all, seed);
            case 1 -> Splits.withTest(all, held.get(0), Math.max(1, all.size() / 10), seed);
            default -> new Splits(all, held.get(0), held.get(1));
        };
    }

    private static ImageSet mixed(ImageSet set, long seed) {
        return set.subset(Shuffle.of(set.size(), new SplittableRandom(seed)));
    }

    private static ImageSet read(Path folder, List<String> classes, int side, int largestClass) throws IOException {
        Require.atLeast("side", side, 1);
        Require.atLeast("largestClass", largestClass, 1);
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (String name : classes(folder)) {
            if (!classes.contains(name)) {
                throw new BadDataFile(folder.resolve(name), "is not one of the classes " + classes);
            }
            List<Path> pictures = pictures(folder.resolve(name));
            List<Path> first = pictures.subList(0, Math.min(largestClass, pictures.size()));
            files.addAll(first);
            first.forEach(file -> labels.add(classes.indexOf(name)));
        }
        int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
        return new ImageSet(name(folder), squares(files, side), 3, side, side, numbers, classes);
    }

    private static List<String> classes(Path folder) throws IOException {
        List<String> classes = new ArrayList<>();
        for (Path entry : entries(folder)) {
            if (!Files.isDirectory(entry)) {
                throw new BadDataFile(entry, "lies outside the sub folders, of which there must be one a class");
            }
            classes.add(name(entry));
        }
        if (classes.isEmpty()) {
            throw new BadDataFile(folder, "has no sub folders, but must have one a class");
        }
        return classes;
    }

    private static List<Path> pictures(Path folder) throws IOException {
        List<Path> files = entries(folder);
        for (Path file : files) {
            if (Files.isDirectory(file) || !PictureFile.named(file)) {
                throw new BadDataFile(file, "is no .png, .jpg or .jpeg file");
            }
        }
        if (files.isEmpty()) {
            throw new BadDataFile(folder, "has no pictures");
        }
        return files;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path path) {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    private static byte[] squares(List<Path> files, int side) throws IOException {
        int size = 3 * side * side;
        byte[] all = new byte[Math.multiplyExact(files.size(), size)];
        try {
            IntStream.range(0, files.size()).parallel().forEach(i -> {
                if (Thread.interrupted()) { // only the caller's thread, which does its share, is ever interrupted
                    throw new CancellationException("reading of pictures was interrupted");
                }
                System.arraycopy(square(files.get(i), side), 0, all, i * size, size);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return all;
    }

    private static byte[] square(Path file, int side) {
        try {
            return Thumbnail.square(PictureFile.read(file), side);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
