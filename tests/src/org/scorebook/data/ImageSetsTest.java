package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ImageSetsTest {
    private static final List<String> FILES = List.of(
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz",
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz");

    @TempDir
    private Path folder;

    private DataPlaces places;

    @BeforeEach
    void places() {
        Map<String, String> environment =
                Map.of("SCOREBOOK_DATA", folder.resolve("own").toString());
        places = new DataPlaces(environment, folder.resolve("home"), folder.resolve("system"));
    }

    @Test
    void placesAreTriedInOrder() throws IOException {
        DataFiles.mnist(folder.resolve("home/.cache/scorebook/mnist"), 24, 5);
        assertEquals(22, load("mnist", null).train().size());
        assertEquals(2, load("mnist", null).validation().size());
        DataFiles.mnist(folder.resolve("system/mnist"), 36, 5);
        assertEquals(33, load("mnist", null).train().size());
        DataFiles.mnist(folder.resolve("own/mnist"), 48, 5);
        assertEquals(44, load("mnist", null).train().size());
        DataFiles.mnist(folder.resolve("given"), 60, 5);
        assertEquals(55, load("mnist", folder.resolve("given")).train().size());
        Files.delete(folder.resolve("own/mnist/t10k-labels-idx1-ubyte.gz"));
        assertEquals(33, load("mnist", null).train().size(), "a folder that lacks a file is passed over");
    }

    @Test
    void whetherASetIsHereIsKnownWithoutADownload() throws IOException {
        assertTrue(ImageSets.isHere("emoji", places));
        for (String absent : List.of("mnist", "fashion-mnist", "cifar-10", "folder")) {
            assertFalse(ImageSets.isHere(absent, places), absent);
        }
        DataFiles.mnist(folder.resolve("system/mnist"), 36, 5);
        assertTrue(ImageSets.isHere("mnist", places));
        assertFalse(ImageSets.isHere("fashion-mnist", places));
        Files.createDirectories(folder.resolve("own/cifar-10"));
        assertFalse(ImageSets.isHere("cifar-10", places), "an empty folder");
        Files.createFile(folder.resolve("own/cifar-10/cifar-10-binary.tar.gz"));
        assertTrue(ImageSets.isHere("cifar-10", places));
        Files.createDirectories(folder.resolve("own/folder"));
        assertTrue(ImageSets.isHere("folder", places));
        assertThrows(IllegalArgumentException.class, () -> ImageSets.isHere("cifar"));
    }

    @Test
    void theCacheFollowsTheEnvironment() {
        DataPlaces own = new DataPlaces(Map.of("XDG_CACHE_HOME", "/c"), Path.of("/home"), Path.of("/system"));
        assertEquals(Path.of("/c/scorebook/mnist"), own.cache("mnist"));
        DataPlaces plain = new DataPlaces(Map.of("XDG_CACHE_HOME", ""), Path.of("/home"), Path.of("/system"));
        assertEquals(Path.of("/home/.cache/scorebook/mnist"), plain.cache("mnist"));
    }

    @Test
    void aGivenFolderIsMeant() throws IOException {
        DataFiles.mnist(folder.resolve("system/mnist"), 36, 5);
        assertEquals(
                "mnist was not found: put " + String.join(", ", FILES) + " into " + folder,
                message(() -> load("mnist", folder)));
        assertEquals(
                "cifar-10 was not found: put cifar-10-binary.tar.gz into " + folder,
                message(() -> load("cifar-10", folder)));
        assertEquals(
                "folder was not found: put one sub folder of PNG or JPEG pictures a class into "
                        + folder.resolve("home/.cache/scorebook/folder"),
                message(() -> load("folder", null)));
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("pictures.zip"));
        for (String set : List.of("mnist", "cifar-10", "folder")) {
            assertEquals(
                    "the files of the data " + set + " must be in a folder, but " + file + " is a file",
                    assertThrows(MissingData.class, () -> ImageSets.load(set, file, ImageOptions.ALL, places))
                            .getMessage());
        }
    }

    @Test
    void whatIsNowhereIsDownloaded() throws IOException {
        DataFiles.mnist(folder.resolve("server"), 24, 5);
        try (FileServer server = new FileServer()) {
            Map<String, String> digests = new HashMap<>();
            for (String file : FILES) {
                server.put(
                        "/" + file, Files.readAllBytes(folder.resolve("server").resolve(file)));
                digests.put(file, Download.digest(folder.resolve("server").resolve(file)));
            }
            MnistSource source = source(server.address(), digests);
            assertEquals(22, source.load(null, ImageOptions.ALL, places).train().size());
            assertEquals(22, source.load(null, ImageOptions.ALL, places).train().size());
            assertEquals(4, server.ranges().size(), "the second time they come from the cache");
        }
    }

    @Test
    void withoutNetworkOneSentenceSaysWhatToDo() throws IOException {
        String address;
        try (FileServer server = new FileServer()) {
            address = server.address();
        }
        Map<String, String> digests = new HashMap<>();
        FILES.forEach(file -> digests.put(file, "0"));
        String message = message(() -> source(address, digests).load(null, ImageOptions.ALL, places));
        assertTrue(message.startsWith("mnist is not on this machine and could not be downloaded (java.net."), message);
        assertTrue(
                message.endsWith("): put " + String.join(", ", FILES) + " into "
                        + folder.resolve("home/.cache/scorebook/mnist") + ", or ask"),
                message);
    }

    @Test
    void cifarIsFoundAsFilesFolderAndArchive() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.write(in.resolve(Cifar10.ARCHIVE), Cifar10Test.archive("x/"));
        Splits archive = load("cifar-10", in);
        assertEquals(45, archive.train().size());
        assertEquals(5, archive.validation().size());
        assertEquals(10, archive.test().size());
        Path files = Files.createDirectories(in.resolve(Cifar10.FOLDER));
        for (String name :
                Stream.concat(Cifar10.TRAIN.stream(), Cifar10.TEST.stream()).toList()) {
            Files.write(files.resolve(name), DataFiles.cifar(20, 1));
        }
        assertEquals(90, load("cifar-10", in).train().size());
        assertEquals(90, load("cifar-10", files).train().size());
    }

    @Test
    void optionsReachTheFolder() throws IOException {
        for (int i = 0; i < 30; i++) {
            DataFiles.picture(folder.resolve("pictures/cat/" + i + ".png"), "png", 8, 8, 0);
        }
        ImageOptions options = ImageOptions.ALL.withSide(5).withLargestClass(20).withLimit(9);
        Splits splits = ImageSets.load("folder", folder.resolve("pictures"), options, places);
        assertEquals("pictures: 9 images of shape (3, 5, 5)", splits.train().toString());
        assertEquals(2, splits.test().size());
    }

    @Test
    void emojiAreAlwaysThere() throws IOException {
        Splits splits = load("emoji", null);
        assertEquals(1524, splits.train().size());
        assertEquals(191, splits.validation().size());
        assertArrayEquals(
                new int[] {17, 39, 16, 13, 22, 8, 27, 22, 27}, splits.test().classSizes());
    }

    @Test
    void fashionMnistAsPublished() throws IOException {
        Path debian = Path.of("/usr/share/datasets/fashion-mnist");
        Assumptions.assumeTrue(Files.isDirectory(debian), "needs Debian's package dataset-fashion-mnist");
        Splits splits = ImageSets.load("fashion-mnist", debian, ImageOptions.ALL);
        assertEquals(
                "fashion-mnist: 55000 images of shape (1, 28, 28)",
                splits.train().toString());
        assertEquals(5000, splits.validation().size());
        assertEquals(10_000, splits.test().size());
        assertEquals("Ankle boot", splits.test().classNames().get(splits.test().label(0)));
        for (int size : splits.test().classSizes()) {
            assertEquals(1000, size);
        }
    }

    @Test
    void unknownNamesGetASuggestion() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> load("fashion_mnst", null));
        assertEquals(
                "there is no image set \"fashion_mnst\"; did you mean \"fashion-mnist\"? Known are cifar-10, emoji,"
                        + " fashion-mnist, folder, mnist",
                error.getMessage());
        assertEquals(List.of("fashion-mnist", "mnist", "cifar-10", "emoji", "folder"), ImageSets.names());
    }

    private Splits load(String name, Path from) throws IOException {
        return ImageSets.load(name, from, ImageOptions.ALL, places);
    }

    private static MnistSource source(String address, Map<String, String> digests) {
        PublishedSet files = new PublishedSet("mnist", address, digests, ", or ask");
        return new MnistSource(files, List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    }

    private static String message(Executable call) {
        return assertThrows(MissingData.class, call).getMessage();
    }
}
