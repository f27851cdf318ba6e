package org.scorebook.data;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * The built-in colour set: 1,906 emoji of 32 x 32 pixels on white, in the nine categories of Unicode's charts, without skin
 * tones, which would be near copies. The order is that of the charts.
 *
 * <p>Source: Noto Emoji by Google (Apache 2.0), packed by environment/emoji.py; licences in emoji-LICENSE.txt.
 */
public final class Emoji {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;

    private Emoji() {}

    /** All emoji, labelled by category. */
    public static ImageSet read() {
        List<String> categories = lines().map(line -> line.split("\t")[1]).toList();
        List<String> names = new ArrayList<>(new LinkedHashSet<>(categories));
        int[] labels = categories.stream().mapToInt(names::indexOf).toArray();
        BufferedImage sheet = sheet();
        int columns = sheet.getWidth() / SIDE;
        byte[] bytes = new byte[labels.length * PIXELS];
        for (int i = 0; i < labels.length; i++) {
            byte[] one = Pixels.planes(sheet, SIDE * (i % columns), SIDE * (i / columns), SIDE, SIDE);
            System.arraycopy(one, 0, bytes, i * PIXELS, PIXELS);
        }
        return new ImageSet("emoji", bytes, 3, SIDE, SIDE, labels, names);
    }

    /** The characters themselves, in the order of the images. */
    public static List<String> characters() {
        return lines().map(line -> text(line.split("\t")[0])).toList();
    }

    private static String text(String codePoints) {
        StringBuilder text = new StringBuilder();
        for (String code : codePoints.split("-")) {
            text.appendCodePoint(Integer.parseInt(code, 16));
        }
        return text.toString();
    }

    private static Stream<String> lines() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open("emoji.txt"), StandardCharsets.UTF_8))) {
            return reader.lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading from our own jar
        }
    }

    private static BufferedImage sheet() {
        try (InputStream stream = open("emoji.png")) {
            return ImageIO.read(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading from our own jar
        }
    }

    private static InputStream open(String resource) {
        return Emoji.class.getResourceAsStream(resource);
    }
}
