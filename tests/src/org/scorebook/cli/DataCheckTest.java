package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {
    @TempDir
    private Path folder;

    private void pictures(String place, int number) throws IOException {
        Path inside = Files.createDirectories(folder.resolve(place));
        for (int i = 0; i < number; i++) {
            BufferedImage picture = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(0, 0, i + place.hashCode());
            ImageIO.write(picture, "png", inside.resolve(i + ".png").toFile());
        }
    }

    private Result check(String... more) {
        String[] all = new String[3 + more.length];
        all[0] = "data";
        all[1] = "check";
        all[2] = folder.toString();
        System.arraycopy(more, 0, all, 3, more.length);
        return Result.of(Main.commandLine(), all);
    }

    @Test
    void aGoodFolderIsShown(@TempDir Path other) throws IOException {
        pictures("cat", 20);
        pictures("a-name-that-is-much-longer-than-names-of-classes-are", 10);
        Files.copy(folder.resolve("cat/3.png"), folder.resolve("cat/same.png"));
        Path json = other.resolve("report.json");
        Result result = check("--image-size", "8", "--json", json.toString());
        assertEquals(0, result.code(), result.err());
        assertEquals(
                """
                pictures         31 pictures in 2 classes
                sizes            20 x 10 smallest, 20 x 10 median, 20 x 10 largest
                not square       31: the middle square is taken
                enlarged         0 with a side below 8 pixels
                channels         31 colour
                turned           0 upright by the mark of their camera
                """,
                result.out().lines().skip(1).limit(6).map(line -> line + "\n").reduce("", String::concat));
        assertTrue(result.out().contains("cat/3.png = cat/same.png"), result.out());
        assertTrue(result.out().contains("training sees    3 x 8 x 8; 24 train, 3 validation, 4 test"), result.out());
        assertTrue(result.out().contains("A training can begin."), result.out());
        result.out()
                .lines()
                .filter(line -> !line.contains(folder.toString()) && !line.contains(other.toString()))
                .forEach(line -> assertTrue(line.length() <= 80, line));
        JsonObject read = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        assertTrue(read.get("trains").getAsBoolean());
        assertEquals(31, read.get("pictures").getAsInt());
        assertEquals(31, read.getAsJsonObject("channels").get("colour").getAsInt());
        assertEquals(
                "cat/same.png",
                read.getAsJsonArray("equal_pictures")
                        .get(0)
                        .getAsJsonArray()
                        .get(1)
                        .getAsString());
    }

    @Test
    void aBadOneGivesOne() throws IOException {
        pictures("cat", 20);
        for (int i = 0; i < 25; i++) {
            Files.writeString(folder.resolve("cat/bad-" + i + ".png"), "no picture");
        }
        Result result = check();
        assertEquals(1, result.code());
        assertTrue(result.out().contains("A training would fail, for 25 reasons:"), result.out());
        assertTrue(result.out().contains("  cat/bad-0.png holds no picture that can be read"), result.out());
        assertTrue(result.out().contains("  and 5 more: --json FILE has all"), result.out());
        assertEquals("", result.err());
    }

    @Test
    void wrongCommandLinesAreExplained() throws IOException {
        Result none = Result.of(
                Main.commandLine(), "data", "check", folder.resolve("none").toString());
        assertEquals(2, none.code());
        assertTrue(none.err().contains("DIR must be a folder of pictures, but is"), none.err());
        pictures("cat", 1);
        Result size = check("--image-size", "0");
        assertEquals(2, size.code());
        assertTrue(size.err().contains("image-size must be at least 1, but is 0"), size.err());
        Result most = check("--max-per-class", "-1");
        assertTrue(most.err().contains("max-per-class must be at least 0, but is -1"), most.err());
        assertTrue(Result.of(Main.commandLine(), "data").out().contains("check"), "usage");
    }

    /** A long folder in a pipe: a line at each quarter. */
    @Test
    void longFoldersShowHowFarItIs() throws IOException {
        pictures("cat", 400);
        assertTrue(check().out().contains("looking at pictures: 200 of 400"));
    }
}
