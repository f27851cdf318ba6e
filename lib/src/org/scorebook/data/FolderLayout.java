package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scorebook.base.Require;
import org.scorebook.base.Shuffle;

/**
 * Which pictures a folder has, of which class, in which part, by the names of files and folders: none is opened.
 *
 * @param folder with one sub folder a class, with such folders in train and val or test, or with pictures of one class
 * @param classNames in the order of their numbers
 * @param parts train, val and test as far as they are there, in the order in which they are read, or {@link #WHOLE} alone
 */
public record FolderLayout(Path folder, List<String> classNames, Map<String, FolderPart> parts) {
    /** The part that is all of a folder. */
    public static final String WHOLE = "";

    private static final String TRAIN = "train";

    /** The pictures of a part and the numbers of their classes. */
    public record FolderPart(Path folder, List<Path> files, int[] labels) {}

    /** Rows of one part. */
    public record FolderShare(String part, int... rows) {}

    /** Is told of what a training cannot use. */
    @FunctionalInterface
    public interface FolderFaults {
        /** For a training. */
        FolderFaults THROWN = fault -> {
            throw fault;
        };

        /** To throw it, or to keep it: what it is about is then left out. */
        void add(BadDataFile fault) throws BadDataFile;
    }

    /** A folder whose sub folders are classes, whatever their names. */
    static FolderLayout whole(Path folder, int largestClass, FolderFaults faults) throws IOException {
        Map<String, Path> classes = classes(folder, name(folder), faults);
        return new FolderLayout(
                folder,
                List.copyOf(classes.keySet()),
                Map.of(WHOLE, part(folder, List.copyOf(classes.keySet()), classes, largestClass, faults)));
    }

    /** A folder with its parts, where it has a sub folder train. */
    public static FolderLayout of(Path folder, int largestClass, FolderFaults faults) throws IOException {
        if (!Files.isDirectory(Require.given("folder", folder).resolve(TRAIN))) {
            return whole(folder, largestClass, faults);
        }
        List<String> trained =
                List.copyOf(classes(folder.resolve(TRAIN), name(folder), faults).keySet());
        Map<String, FolderPart> parts = new LinkedHashMap<>();
        for (String name : List.of("val", "test", TRAIN)) {
            Path inside = folder.resolve(name);
            if (Files.isDirectory(inside)) {
                FolderFaults own =
                        name.equals(TRAIN) ? fault -> {} : faults; // those of train's classes are told already
                Map<String, Path> classes = known(classes(inside, name(folder), own), trained, faults);
                parts.put(name, part(inside, trained, classes, largestClass, faults));
            }
        }
        return new FolderLayout(folder, trained, parts);
    }

    private static Map<String, Path> known(Map<String, Path> classes, List<String> trained, FolderFaults faults)
            throws IOException {
        Map<String, Path> known = new LinkedHashMap<>();
        for (Map.Entry<String, Path> found : classes.entrySet()) {
            if (trained.contains(found.getKey())) {
                known.put(found.getKey(), found.getValue());
            } else {
                faults.add(new BadDataFile(found.getValue(), "is not one of the classes " + trained));
            }
        }
        return known;
    }

    /** The folder of each class; where there are pictures and no sub folders, they are the only one. */
    private static Map<String, Path> classes(Path folder, String only, FolderFaults faults) throws IOException {
        List<Path> entries = entries(folder);
        if (entries.stream().anyMatch(PictureFile::named) && entries.stream().noneMatch(Files::isDirectory)) {
            return Map.of(only, folder);
        }
        Map<String, Path> classes = new LinkedHashMap<>();
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                classes.put(name(entry), entry);
            } else {
                faults.add(new BadDataFile(entry, "lies outside the sub folders, of which there must be one a class"));
            }
        }
        if (classes.isEmpty()) {
            faults.add(new BadDataFile(
                    folder, "has neither pictures nor sub folders, of which there must be one a class"));
        }
        return classes;
    }

    private static FolderPart part(
            Path folder, List<String> names, Map<String, Path> classes, int largestClass, FolderFaults faults)
            throws IOException {
        Require.atLeast("largestClass", largestClass, 1);
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < names.size(); label++) {
            Path own = classes.get(names.get(label));
            List<Path> pictures = own == null ? List.of() : pictures(own, faults);
            for (Path file : pictures.subList(0, Math.min(largestClass, pictures.size()))) {
                files.add(file);
                labels.add(label);
            }
        }
        return new FolderPart(
                folder, files, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private static List<Path> pictures(Path folder, FolderFaults faults) throws IOException {
        List<Path> pictures = new ArrayList<>();
        List<Path> entries = entries(folder);
        for (Path file : entries) {
            if (PictureFile.named(file)) {
                pictures.add(file);
            } else {
                faults.add(new BadDataFile(file, "is no .png, .jpg or .jpeg file"));
            }
        }
        if (entries.isEmpty()) {
            faults.add(new BadDataFile(folder, "has no pictures"));
        }
        return pictures;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static String name(Path path) {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    /**
     * Which pictures train, validate and test, in this order, as {@link ImageFolder#splits} says.
     *
     * @throws IllegalArgumentException if there are too few
     */
    public List<FolderShare> shares(long seed) {
        List<String> held = Stream.of("val", "test").filter(parts::containsKey).toList();
        String first = parts.containsKey(WHOLE) ? WHOLE : TRAIN;
        if (held.size() < 2) {
            requirePictures(first, held.isEmpty());
        }
        int[] rows = rows(first, seed);
        return switch (held.size()) {
            case 0 -> {
                int[] labels = parts.get(first).labels();
                int[] own = IntStream.of(rows).map(row -> labels[row]).toArray();
                yield Stream.of(Splits.stratifiedRows(own, seed))
                        .map(some -> new FolderShare(first, of(rows, some)))
                        .toList();
            }
            case 1 -> {
                int[][] two = Splits.heldRows(rows.length, Math.max(1, rows.length / 10), seed);
                yield List.of(
                        new FolderShare(first, of(rows, two[0])),
                        new FolderShare(first, of(rows, two[1])),
                        new FolderShare(held.get(0), rows(held.get(0), seed)));
            }
            default ->
                List.of(
                        new FolderShare(first, rows),
                        new FolderShare("val", rows("val", seed)),
                        new FolderShare("test", rows("test", seed)));
        };
    }

    /** As many as there must be for each part that is taken from them to have one. */
    private void requirePictures(String part, boolean test) {
        int least = test ? Splits.PARTS : 2;
        int size = parts.get(part).files().size();
        if (size < least) {
            throw new IllegalArgumentException(parts.get(part).folder() + " must have at least " + least
                    + " pictures, to train" + (test ? ", validate and test" : " and validate") + ", but has " + size);
        }
    }

    /** @throws IllegalArgumentException if so many pictures, at this size, do not fit in one array of bytes */
    public static void requireRoom(int pictures, int side) {
        long most = Integer.MAX_VALUE / (3L * side * side);
        if (pictures > most) {
            throw new IllegalArgumentException("pictures must be at most " + most + " at " + side + " x " + side
                    + " pixels, but are " + pictures + ": take fewer of each class, or smaller ones");
        }
    }

    private int[] rows(String part, long seed) {
        int size = parts.get(part).files().size();
        return part.equals(WHOLE) ? IntStream.range(0, size).toArray() : Shuffle.of(size, new SplittableRandom(seed));
    }

    private static int[] of(int[] rows, int... some) {
        return IntStream.of(some).map(i -> rows[i]).toArray();
    }
}
