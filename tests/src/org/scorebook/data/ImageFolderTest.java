package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000ff;

    @TempDir
    private Path folder;

    @Test
    void subFoldersAreClasses() throws IOException {
        DataFiles.picture(folder.resolve("wild/b.JPG"), "jpg", 30, 50, BLUE);
        DataFiles.picture(folder.resolve("cat/2.png"), "png", 40, 20, RED);
        DataFiles.picture(folder.resolve("cat/1.jpeg"), "jpg", 20, 20, BLUE);
        Files.createFile(folder.resolve("cat/.hidden"));
        ImageSet set = ImageFolder.read(folder, 8, 10);
        assertEquals(List.of("cat", "wild"), set.classNames());
        assertArrayEquals(new int[] {0, 0, 1}, set.labels());
        assertEquals(8, set.width());
        assertEquals(RED, set.picture(1).getRGB(7, 7) & 0xffffff);
        assertEquals(255, set.picture(2).getRGB(4, 4) & 0xff, 3);
        assertEquals(folder.getFileName().toString(), set.name());
        assertArrayEquals(new int[] {1, 1}, ImageFolder.read(folder, 8, 1).classSizes());
        assertEquals(255, ImageFolder.read(folder, 8, 1).picture(0).getRGB(0, 0) & 0xff, 3, "first by name");
    }

    /** The middle square of a picture in three stripes is the middle stripe. */
    @Test
    void theMiddleIsCut() throws IOException {
        BufferedImage stripes = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1200; i++) {
            stripes.setRGB(i % 60, i / 60, i % 60 / 20 == 1 ? BLUE : RED);
        }
        Files.createDirectories(folder.resolve("a"));
        ImageIO.write(stripes, "png", folder.resolve("a/stripes.png").toFile());
        BufferedImage cut = ImageFolder.read(folder, 5, 1).picture(0);
        assertEquals(BLUE, cut.getRGB(2, 2) & 0xffffff);
        assertTrue((cut.getRGB(0, 2) & 0xff) > 220 && (cut.getRGB(4, 2) & 0xff) > 220);
    }

    @Test
    void transparencyIsWhite() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        BufferedImage clear = new BufferedImage(9, 9, BufferedImage.TYPE_INT_ARGB);
        ImageIO.write(clear, "png", folder.resolve("a/clear.png").toFile());
        assertEquals(0xffffff, ImageFolder.read(folder, 3, 1).picture(0).getRGB(1, 1) & 0xffffff);
    }

    /** Java takes some grey pictures for linear light; here a grey of 100 stays 100. */
    @Test
    void greyStaysAsItIs() throws IOException {
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        BufferedImage veil = new BufferedImage(model, model.createCompatibleWritableRaster(4, 4), false, null);
        for (int i = 0; i < 16; i++) {
            grey.getRaster().setSample(i % 4, i / 4, 0, 100);
            veil.getRaster().setPixel(i % 4, i / 4, new int[] {100, 51});
        }
        Files.createDirectories(folder.resolve("a"));
        ImageIO.write(grey, "png", folder.resolve("a/grey.png").toFile());
        ImageIO.write(veil, "png", folder.resolve("a/veil.png").toFile());
        ImageSet set = ImageFolder.read(folder, 2, 2);
        assertEquals(100, set.picture(0).getRGB(1, 1) & 0xff);
        assertEquals(255 - (255 - 100) / 5, set.picture(1).getRGB(1, 1) & 0xff);
    }

    /** The same numbers as Pillow 9.4 gives for {@code im.resize((4, 4), BICUBIC, box=(1.5, 0, 7.5, 6))}; 8 likewise. */
    @Test
    void scalingIsPillowsBicubic() {
        BufferedImage picture = new BufferedImage(9, 6, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 54; i++) {
            int x = i % 9;
            int y = i / 9;
            int red = (x * x * 31 + y * 57 + x * y * 13) % 256;
            picture.setRGB(x, y, red << 16 | (x * 90 + y * 201) % 256 << 8 | (x * 17 + y * 29) % 256);
        }
        int[] smaller = {
            115, 112, 98, 155, 125, 158, 187, 136, 149, 97, 156, 165, 103, 159, 127, 188, 127, 86, 140, 105, 111, 178,
                    132,
            134, 114, 116, 131, 128, 155, 154, 154, 64, 37, 64, 88, 115, 79, 106, 130, 157, 124, 151, 175, 206, 166,
                    193,
            224, 187
        };
        assertNear(smaller, Thumbnail.square(picture, 4));
        int[] larger = {66, 113, 16, 182, 176, 0, 68, 196, 119, 184, 83, 118, 117, 81, 176, 189};
        assertNear(larger, Arrays.copyOf(Thumbnail.square(picture, 8), 16));
    }

    private static void assertNear(int[] expected, byte[] found) {
        assertEquals(expected.length, found.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i] & 0xff, 1, "value " + i);
        }
    }

    @Test
    void aFoldersOwnPartsAreKept() throws IOException {
        for (int i = 0; i < 20; i++) {
            DataFiles.picture(folder.resolve("train/cat/" + i + ".png"), "png", 4, 4, RED);
            DataFiles.picture(folder.resolve("train/dog/" + i + ".png"), "png", 4, 4, RED);
        }
        DataFiles.picture(folder.resolve("val/dog/x.png"), "png", 4, 4, BLUE);
        Splits two = ImageFolder.splits(folder, 4, 100, 0);
        assertEquals(36, two.train().size());
        assertEquals(4, two.validation().size());
        assertArrayEquals(new int[] {0, 1}, two.test().classSizes());
        assertEquals(BLUE, two.test().picture(0).getRGB(0, 0) & 0xffffff);
        DataFiles.picture(folder.resolve("test/cat/x.png"), "png", 4, 4, RED);
        Splits three = ImageFolder.splits(folder, 4, 100, 0);
        assertEquals(40, three.train().size());
        assertArrayEquals(new int[] {0, 1}, three.validation().classSizes());
        assertArrayEquals(new int[] {1, 0}, three.test().classSizes());
        assertEquals(
                8, ImageFolder.splits(folder.resolve("train"), 4, 5, 0).train().size());
        DataFiles.picture(folder.resolve("test/cow/x.png"), "png", 4, 4, RED);
        IOException stranger = assertThrows(BadDataFile.class, () -> ImageFolder.splits(folder, 4, 100, 0));
        assertEquals(folder.resolve("test/cow") + " is not one of the classes [cat, dog]", stranger.getMessage());
    }

    @Test
    void picturesAloneAreOneClass() throws IOException {
        Path flat = folder.resolve("flat");
        for (int i = 0; i < 12; i++) {
            DataFiles.picture(flat.resolve(i + ".png"), "png", 4, 4, RED);
        }
        assertEquals(List.of("flat"), ImageFolder.read(flat, 4, 100).classNames());
        Files.createDirectories(folder.resolve("parts"));
        Files.move(flat, folder.resolve("parts/train"));
        DataFiles.picture(folder.resolve("parts/test/x.png"), "png", 4, 4, BLUE);
        Splits parts = ImageFolder.splits(folder.resolve("parts"), 4, 100, 0);
        assertEquals(List.of("parts"), parts.test().classNames());
        assertEquals(11, parts.train().size());
        assertEquals(1, parts.test().size());
    }

    @Test
    void picturesThatAreNotSquareAreCounted() throws IOException {
        DataFiles.picture(folder.resolve("cat/a.png"), "png", 4, 4, RED);
        assertEquals("", ImageFolder.read(folder, 4, 9).remark());
        DataFiles.picture(folder.resolve("cat/b.png"), "png", 64, 32, RED);
        ImageSet set = ImageFolder.read(folder, 4, 9);
        assertEquals(
                "1 of 2 pictures in " + folder
                        + " are not square: of each the middle square is taken, at 4 x 4 pixels.",
                set.remark());
        assertEquals(set.remark(), set.first(1).grey().remark());
    }

    @Test
    void tooFewPicturesAreNamed() throws IOException {
        DataFiles.picture(folder.resolve("train/cat/a.png"), "png", 4, 4, RED);
        assertEquals(
                folder.resolve("train") + " must have at least 10 pictures, to train, validate and test, but has 1",
                message(() -> ImageFolder.splits(folder.resolve("train"), 4, 9, 0)));
        DataFiles.picture(folder.resolve("test/cat/x.png"), "png", 4, 4, BLUE);
        assertEquals(
                folder.resolve("train") + " must have at least 2 pictures, to train and validate, but has 1",
                message(() -> ImageFolder.splits(folder, 4, 9, 0)));
    }

    /** Java opens a pipe to read and waits for a writer. */
    @Test
    void aPipeIsNoPicture() throws IOException, InterruptedException {
        DataFiles.picture(folder.resolve("cat/a.png"), "png", 4, 4, RED);
        Path pipe = folder.resolve("cat/b.png");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertBad(pipe, "is no regular file"));
    }

    @Test
    void badFilesAreNamed() throws IOException {
        assertBad(folder, "has neither pictures nor sub folders, of which there must be one a class");
        Path file = folder.resolve("cat/a.png");
        Files.createDirectories(file.getParent());
        assertBad(file.getParent(), "has no pictures");
        Files.write(file, new byte[] {1, 2, 3});
        assertBad(file, "holds no picture that can be read");
        DataFiles.picture(file, "jpg", 8, 8, RED);
        assertBad(file, "holds a picture in format jpeg, against its name");
        DataFiles.picture(file, "png", 90, 90, RED);
        Path text = Files.createFile(folder.resolve("cat/notes.txt"));
        assertBad(text, "is no .png, .jpg or .jpeg file");
        Files.move(text, folder.resolve("notes.txt"));
        assertBad(folder.resolve("notes.txt"), "lies outside the sub folders, of which there must be one a class");
    }

    /** Not each of its pictures is to blame, for there are no sub folders that they could lie outside of. */
    @Test
    void aNoteBesidePicturesOfOneClassIsNamedAlone() throws IOException {
        DataFiles.picture(folder.resolve("a.png"), "png", 8, 8, RED);
        Path note = Files.createFile(folder.resolve("LICENSE"));
        assertBad(note, "is no .png, .jpg or .jpeg file");
        List<String> faults = new ArrayList<>();
        FolderLayout layout = FolderLayout.of(folder, 9, fault -> faults.add(fault.getMessage()));
        assertEquals(List.of(note + " is no .png, .jpg or .jpeg file"), faults);
        assertEquals(1, layout.parts().get(FolderLayout.WHOLE).files().size());
    }

    @Test
    void picturesThatAreCutShortAreNamed() throws IOException {
        for (String name : List.of("a.png", "a.jpg")) {
            Path file = folder.resolve("cat").resolve(name);
            BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            IntStream.range(0, 4096).forEach(i -> noise.setRGB(i % 64, i / 64, i * 7919 * i));
            Files.createDirectories(file.getParent());
            ImageIO.write(noise, name.substring(2), file.toFile());
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
            String message = assertThrows(BadDataFile.class, () -> ImageFolder.read(folder, 4, 9))
                    .getMessage();
            assertTrue(message.startsWith(file + " is damaged"), message);
            Files.delete(file);
        }
    }

    @Test
    void readingStopsWhenInterrupted() throws IOException {
        for (int i = 0; i < 20; i++) {
            DataFiles.picture(folder.resolve("cat/" + i + ".png"), "png", 4, 4, RED);
        }
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> ImageFolder.read(folder, 4, 20));
    }

    private void assertBad(Path file, String problem) {
        String message = assertThrows(BadDataFile.class, () -> ImageFolder.read(folder, 4, 9))
                .getMessage();
        assertEquals(file + " " + problem, message);
    }
}
