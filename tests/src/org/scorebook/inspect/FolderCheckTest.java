package org.scorebook.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.base.Shuffle;
import org.scorebook.data.BadDataFile;
import org.scorebook.data.DataFiles;
import org.scorebook.data.ImageFolder;
import org.scorebook.data.ImageOptions;
import org.scorebook.data.ImageSet;
import org.scorebook.data.ImageSets;
import org.scorebook.data.PictureKind;
import org.scorebook.data.Splits;
import org.scorebook.inspect.FolderReport.ClassSize;
import org.scorebook.inspect.FolderReport.PictureSize;

class FolderCheckTest {
    @TempDir
    private Path folder;

    private FolderReport check() throws IOException {
        return FolderCheck.of(folder, ImageOptions.ALL.withSide(8), (done, total) -> {});
    }

    /** Each of a grey of its own. */
    private void pictures(String place, int first, int number) throws IOException {
        for (int i = first; i < first + number; i++) {
            DataFiles.picture(folder.resolve(place).resolve(i + ".png"), "png", 10, 10, i * 0x010101);
        }
    }

    private void write(String name, int type, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, type);
        picture.getRaster().setSample(0, 0, 0, 1);
        Files.createDirectories(folder.resolve(name).getParent());
        ImageIO.write(picture, "png", folder.resolve(name).toFile());
    }

    @Test
    void whatIsThereIsCounted() throws IOException {
        pictures("cat", 1, 20);
        write("dog/clear.png", BufferedImage.TYPE_INT_ARGB, 9, 9);
        write("dog/grey.png", BufferedImage.TYPE_BYTE_GRAY, 40, 30);
        write("dog/fine.png", BufferedImage.TYPE_USHORT_GRAY, 10, 10);
        write("dog/bits.png", BufferedImage.TYPE_BYTE_BINARY, 7, 7);
        Files.copy(Path.of("tests/resources/cmyk.jpg"), folder.resolve("dog/ink.jpg"));
        Path photograph = folder.resolve("dog/photograph.jpg");
        DataFiles.picture(photograph, "jpg", 64, 48, 0xc82020);
        Files.write(photograph, DataFiles.marked(Files.readAllBytes(photograph), 6));
        FolderReport report = check();
        assertEquals(List.of(), report.faults());
        assertEquals(26, report.pictures());
        assertEquals(
                List.of(20, 6),
                report.classes().stream().map(ClassSize::pictures).toList());
        assertEquals(List.of(new PictureSize(7, 7), new PictureSize(10, 10), new PictureSize(48, 64)), report.sizes());
        assertEquals(2, report.notSquare());
        assertEquals(1, report.enlarged());
        assertEquals(1, report.turned());
        assertEquals(
                Map.of(PictureKind.TRANSPARENT, 1, PictureKind.CMYK, 1, PictureKind.GREY, 3, PictureKind.COLOUR, 21),
                report.kinds());
        assertEquals(List.of(), report.copies());
    }

    /** Other files, the same pixels; and as many pixels of one colour in another shape. */
    @Test
    void equalPicturesAreNamed() throws IOException {
        pictures("train/cat", 1, 12);
        pictures("train/dog", 101, 12);
        pictures("test/cat", 201, 3);
        ImageIO.write(
                ImageIO.read(folder.resolve("train/cat/1.png").toFile()),
                "png",
                folder.resolve("train/dog/again.png").toFile());
        Files.copy(folder.resolve("train/cat/2.png"), folder.resolve("test/cat/seen.png"));
        DataFiles.picture(folder.resolve("train/cat/shape.png"), "png", 20, 5, 3 * 0x010101);
        FolderReport report = check();
        assertEquals(
                List.of(
                        List.of("test/cat/seen.png", "train/cat/2.png"),
                        List.of("train/cat/1.png", "train/dog/again.png")),
                report.copies());
        assertEquals(1, report.acrossClasses());
        assertTrue(report.acrossParts() >= 1 && report.faults().isEmpty(), report.toString());
    }

    /** The check counts the pictures that a training gets, in all forms of folders, and what it gets has not changed. */
    @Test
    void aTrainingGetsWhatIsCounted() throws IOException {
        pictures("train/cat", 1, 30);
        pictures("train/dog", 101, 14);
        assertCounted();
        pictures("val/dog", 201, 5);
        Splits splits = assertCounted();
        int[] rows = shuffled();
        int held = rows[shuffled()[0]];
        int grey = splits.validation().picture(0).getRGB(0, 0) & 0xff;
        assertEquals(
                ImageFolder.read(folder.resolve("train"), 8, 99).picture(held).getRGB(0, 0) & 0xff, grey);
        pictures("test/cat", 211, 4);
        assertCounted();
    }

    private static int[] shuffled() {
        return Shuffle.of(44, new SplittableRandom(ImageSets.SEED));
    }

    private Splits assertCounted() throws IOException {
        FolderReport report = check();
        Splits splits = ImageFolder.splits(folder, 8, Integer.MAX_VALUE, ImageSets.SEED);
        List<ImageSet> parts = List.of(splits.train(), splits.validation(), splits.test());
        for (int label = 0; label < 2; label++) {
            int own = label;
            ClassSize found = report.classes().get(label);
            assertArrayEquals(
                    parts.stream().mapToInt(part -> part.classSizes()[own]).toArray(),
                    new int[] {found.train(), found.validation(), found.test()});
        }
        return splits;
    }

    @Test
    void everyFaultIsTold() throws IOException {
        pictures("cat", 1, 9);
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("cat/text.png"), "no picture");
        Files.writeString(folder.resolve("cat/notes.txt"), "");
        byte[] whole = Files.readAllBytes(folder.resolve("cat/1.png"));
        Files.write(folder.resolve("cat/1.png"), Arrays.copyOf(whole, whole.length - 30));
        Files.writeString(folder.resolve("stray.md"), "");
        List<String> faults = check().faults();
        assertEquals(
                List.of(
                        "stray.md lies outside the sub folders, of which there must be one a class",
                        "cat/notes.txt is no .png, .jpg or .jpeg file",
                        "empty has no pictures",
                        "cat/text.png holds no picture that can be read"),
                List.of(faults.get(0), faults.get(1), faults.get(2), faults.get(4)));
        assertTrue(faults.get(3).startsWith("cat/1.png is damaged"), faults.get(3));
        assertEquals(5, faults.size());
        assertThrows(BadDataFile.class, () -> ImageFolder.splits(folder, 8, 100, 0));
    }

    /** What ends a training though each picture is good. */
    @Test
    void tooFewOrTooManyAreFaults() throws IOException {
        pictures("cat", 1, 9);
        assertEquals(
                List.of(folder + " must have at least 10 pictures, to train, validate and test, but has 9"),
                check().faults());
        pictures("cat", 10, 1);
        assertEquals(List.of(), check().faults());
        String many = FolderCheck.of(folder, ImageOptions.ALL.withSide(10_000), (done, total) -> {})
                .faults()
                .get(0);
        assertEquals(
                "pictures must be at most 7 at 10000 x 10000 pixels, but are 10: take fewer of each class, or smaller ones",
                many);
        assertThrows(IllegalArgumentException.class, () -> ImageFolder.splits(folder, 10_000, 100, 0));
        pictures("cat", 11, 90);
        FolderReport first = FolderCheck.of(folder, ImageOptions.ALL.withLargestClass(40), (done, total) -> {});
        assertEquals(40, first.pictures());
    }

    @Test
    void progressIsToldAndStops() throws IOException {
        pictures("cat", 1, 30);
        List<Integer> told = new ArrayList<>();
        FolderCheck.of(folder, ImageOptions.ALL, (done, total) -> told.add(100 * done + total));
        assertEquals(IntStream.rangeClosed(1, 30).mapToObj(i -> 100 * i + 30).toList(), told);
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, this::check);
    }
}
