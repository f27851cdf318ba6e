package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.scorebook.base.Require;
import org.scorebook.base.Shuffle;

/**
 * A folder of PNG and JPEG pictures of any sizes, with one sub folder a class, as AFHQ comes (cat, dog, wild); a folder of
 * pictures alone is one class. Each picture is turned upright where its camera noted how, scaled so that its shorter side fits,
 * and its middle square is taken. Hidden files are passed over.
 */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * Reads the pictures of all classes; class by class in the order of their names, and so the files of each.
     *
     * @param folder with one sub folder a class, or with pictures of one class
     * @param side of the images in pixels, at least 1
     * @param largestClass how many pictures of a class at most: the first by file name
     * @return colour images, labelled by sub folder, named after the folder; its {@link ImageSet#remark} says how many were not
     *     square
     * @throws BadDataFile if a class is empty, or a file is no picture, not what its name says or damaged; the message names it
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public static ImageSet read(Path folder, int side, int largestClass) throws IOException {
        return read(folder, classes(folder, name(folder)), side, largestClass);
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
        Map<String, Path> classes = classes(train, name(folder));
        List<ImageSet> held = new ArrayList<>();
        for (String part : List.of("val", "test")) {
            if (Files.isDirectory(folder.resolve(part))) {
                held.add(part(folder, part, classes, side, largestClass, seed));
            }
        }
        ImageSet all = part(folder, "train", classes, side, largestClass, seed);
        return switch (held.size()) {
            case 0 -> Splits.stratified(all, seed);
            case 1 -> Splits.withTest(all, held.get(0), Math.max(1, all.size() / 10), seed);
            default -> new Splits(all, held.get(0), held.get(1));
        };
    }

    private static ImageSet part(
            Path folder, String part, Map<String, Path> trained, int side, int largestClass, long seed)
            throws IOException {
        Map<String, Path> classes = classes(folder.resolve(part), name(folder));
        for (Map.Entry<String, Path> found : classes.entrySet()) {
            if (!trained.containsKey(found.getKey())) {
                throw new BadDataFile(found.getValue(), "is not one of the classes " + trained.keySet());
            }
        }
        Map<String, Path> all = new LinkedHashMap<>();
        trained.keySet().forEach(name -> all.put(name, classes.get(name)));
        ImageSet set = read(folder.resolve(part), all, side, largestClass);
        return set.subset(Shuffle.of(set.size(), new SplittableRandom(seed)));
    }

    /** @param classes where each lies; null for one that this part lacks */
    private static ImageSet read(Path folder, Map<String, Path> classes, int side, int largestClass)
            throws IOException {
        Require.atLeast("side", side, 1);
        Require.atLeast("largestClass", largestClass, 1);
        List<String> names = List.copyOf(classes.keySet());
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Map.Entry<String, Path> one : classes.entrySet()) {
            if (one.getValue() != null) {
                List<Path> pictures = pictures(one.getValue());
                List<Path> first = pictures.subList(0, Math.min(largestClass, pictures.size()));
                files.addAll(first);
                first.forEach(file -> labels.add(names.indexOf(one.getKey())));
            }
        }
        int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
        SquarePictures squares = SquarePictures.read(files, side);
        return new ImageSet(name(folder), squares.planes(), 3, side, side, numbers, names, squares.remark(folder));
    }

    /** The folder of each class; where there are pictures and no sub folders, they are the only one. */
    private static Map<String, Path> classes(Path folder, String only) throws IOException {
        List<Path> entries = entries(folder);
        if (!entries.isEmpty() && entries.stream().allMatch(PictureFile::named)) {
            return Map.of(only, folder);
        }
        Map<String, Path> classes = new LinkedHashMap<>();
        for (Path entry : entries) {
            if (!Files.isDirectory(entry)) {
                throw new BadDataFile(entry, "lies outside the sub folders, of which there must be one a class");
            }
            classes.put(name(entry), entry);
        }
        if (classes.isEmpty()) {
            throw new BadDataFile(folder, "has neither pictures nor sub folders, of which there must be one a class");
        }
        return classes;
    }

    private static List<Path> pictures(Path folder) throws IOException {
        List<Path> files = entries(folder);
        for (Path file : files) {
            if (!PictureFile.named(file)) {
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
}
