package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.scorebook.base.Names;
import org.scorebook.base.Require;

/**
 * The image sets by name, in parts to train, validate and test. Which image is in which part never changes.
 *
 * <p>Unless told where it is, a set is looked for in {@code $SCOREBOOK_DATA/NAME}, in {@code /usr/share/datasets/NAME}
 * (Debian), and in the cache, {@code $XDG_CACHE_HOME/scorebook/NAME} or {@code ~/.cache/scorebook/NAME}; what is nowhere is
 * downloaded to the cache.
 *
 * <table>
 * <caption>The sets</caption>
 * <tr><td>fashion-mnist</td><td>55,000 + 5,000 + 10,000 grey images of clothes, 28 x 28, 10 classes</td></tr>
 * <tr><td>mnist</td><td>as many of handwritten digits</td></tr>
 * <tr><td>cifar-10</td><td>45,000 + 5,000 + 10,000 colour photographs, 32 x 32, 10 classes</td></tr>
 * <tr><td>emoji</td><td>1,524 + 191 + 191 colour drawings, 32 x 32, 9 classes; built in</td></tr>
 * <tr><td>folder</td><td>your own PNG and JPEG pictures, {@link ImageFolder}; AFHQ for one</td></tr>
 * </table>
 */
public final class ImageSets {
    /** Decides which images validate, and which test where a set does not say. */
    public static final long SEED = 0;

    private static final String FOLDER = "folder";
    private static final String EMOJI = "emoji";

    /** In the order to show them. */
    private static final Map<String, KnownSet> SETS = new LinkedHashMap<>();

    private record KnownSet(int side, ImageSource source, Predicate<Path> whole) {}

    static {
        SETS.put("fashion-mnist", new KnownSet(28, MnistSource.fashion(), MnistSource::isWhole));
        SETS.put("mnist", new KnownSet(28, MnistSource.digits(), MnistSource::isWhole));
        SETS.put("cifar-10", new KnownSet(32, new Cifar10Source(), at -> Cifar10Source.within(at)
                .isPresent()));
        SETS.put(EMOJI, new KnownSet(32, (folder, how, places) -> Splits.stratified(Emoji.read(), SEED), any -> true));
        SETS.put(FOLDER, new KnownSet(ImageOptions.ALL.side(), ImageSets::pictures, Files::isDirectory));
    }

    private ImageSets() {}

    /** The names that {@link #load(String)} knows. */
    public static List<String> names() {
        return List.copyOf(SETS.keySet());
    }

    /** Whether the files of a set are the user's own, so that only he can say where they are. */
    public static boolean needsFolder(String name) {
        return Require.given("name", name).equals(FOLDER);
    }

    /** Whether a set comes with the library, so that it is looked for nowhere else. */
    public static boolean isBuiltIn(String name) {
        return Require.given("name", name).equals(EMOJI);
    }

    /**
     * The side of a set's images in pixels, as published; of a folder's pictures what they are scaled to by default.
     *
     * @throws IllegalArgumentException if there is no such set
     */
    public static int side(String name) {
        return known(name).side();
    }

    /** Whether a set can be loaded with no download, and with nobody saying where it is. */
    public static boolean isHere(String name) {
        return isHere(Require.given("name", name), DataPlaces.ofThisMachine());
    }

    static boolean isHere(String name, DataPlaces places) {
        return places.folders(name).stream().anyMatch(known(name).whole());
    }

    /** Loads a whole set from wherever it is; errors as below. */
    public static Splits load(String name) throws IOException {
        return load(name, null, ImageOptions.ALL);
    }

    /**
     * Loads a set.
     *
     * @param name one of {@link #names()}
     * @param folder where its files are, or null to look in all places and then to download
     * @param options how much of it, and at which size
     * @throws IllegalArgumentException if there is no such set; the message names the nearest
     * @throws MissingData if it is not there and cannot be downloaded; the message says where to put which files
     * @throws BadDataFile if a file is damaged; the message names it and the place
     */
    public static Splits load(String name, Path folder, ImageOptions options) throws IOException {
        return load(name, folder, options, DataPlaces.ofThisMachine());
    }

    static Splits load(String name, Path folder, ImageOptions options, DataPlaces places) throws IOException {
        Require.given("options", options);
        return known(name).source().load(folder, options, places).first(options.limit());
    }

    private static KnownSet known(String name) {
        KnownSet set = SETS.get(Require.given("name", name));
        if (set == null) {
            throw Names.unknown("image set", name, new TreeSet<>(SETS.keySet()));
        }
        return set;
    }

    private static Splits pictures(Path folder, ImageOptions options, DataPlaces places) throws IOException {
        Path found = places.find(FOLDER, folder, Files::isDirectory, "one sub folder of PNG or JPEG pictures a class");
        return ImageFolder.splits(found, options.side(), options.largestClass(), SEED);
    }
}
