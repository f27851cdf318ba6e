package org.scorebook.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.scorebook.base.Require;

/**
 * Pictures drawn with twice the pixels of their size on the page, so that they are sharp on dense screens and in print.
 * The image property {@code pixelRatio} carries the factor to whoever shows the picture, {@code title} what it is of,
 * {@code description} what is seen, for those who cannot see it.
 */
public final class Picture {
    static final int PIXEL_RATIO = 2;
    private static final String PIXEL_RATIO_KEY = "pixelRatio";
    private static final String TITLE_KEY = "title";
    private static final String SEEN_KEY = "seen";
    private static final String DESCRIPTION_KEY = "description";

    private Picture() {}

    /**
     * A white picture without a title, drawn by the given code.
     *
     * @param width on the page, in CSS pixels; the image has twice as many
     * @param height on the page, in CSS pixels
     * @param drawing draws in CSS pixels, with smooth lines and text
     */
    public static BufferedImage draw(int width, int height, Consumer<Graphics2D> drawing) {
        return draw("", "", width, height, drawing);
    }

    /**
     * As {@link #draw(int, int, Consumer)}, with a description.
     *
     * @param title that stands in the picture; empty where none does
     * @param seen what kind of picture it is, and what is in it; empty where nothing is known
     */
    public static BufferedImage draw(String title, String seen, int width, int height, Consumer<Graphics2D> drawing) {
        Require.given("title", title);
        Require.given("seen", seen);
        Require.given("drawing", drawing);
        requirePositive("width", width);
        requirePositive("height", height);
        BufferedImage plain = new BufferedImage(width * PIXEL_RATIO, height * PIXEL_RATIO, BufferedImage.TYPE_INT_RGB);
        BufferedImage image = described(plain, PIXEL_RATIO, title, seen);
        Graphics2D g = image.createGraphics();
        try {
            g.scale(PIXEL_RATIO, PIXEL_RATIO);
            smooth(g);
            g.setColor(Palette.PAPER);
            g.fillRect(0, 0, width, height);
            g.setColor(Palette.INK);
            g.setFont(font(13, Font.PLAIN));
            drawing.accept(g);
        } finally {
            g.dispose();
        }
        return image;
    }

    /**
     * The same picture, which says what it is of to those who cannot see it: a title that is not drawn, such as what the rows
     * of an {@link ImageGrid} are.
     */
    public static BufferedImage titled(String title, BufferedImage image) {
        Require.given("title", title);
        return described(image, pixelRatio(image), title, seen(image));
    }

    private static BufferedImage described(BufferedImage image, int ratio, String title, String seen) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(PIXEL_RATIO_KEY, ratio);
        properties.put(TITLE_KEY, title);
        properties.put(SEEN_KEY, seen);
        properties.put(DESCRIPTION_KEY, Seen.whole(title, seen));
        return new BufferedImage(image.getColorModel(), image.getRaster(), image.isAlphaPremultiplied(), properties);
    }

    /** Pictures side by side, in rows of so many, each in its own size. */
    public static BufferedImage grid(int columns, List<BufferedImage> pictures) {
        requirePositive("columns", columns);
        requirePositive(
                "number of pictures", Require.given("pictures", pictures).size());
        String titles = pictures.stream()
                .map(Picture::title)
                .filter(title -> !title.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        int used = Math.min(columns, pictures.size());
        int[] x = new int[used + 1];
        int[] y = new int[(pictures.size() + used - 1) / used + 1];
        for (int i = 0; i < pictures.size(); i++) {
            x[i % used + 1] = Math.max(x[i % used + 1], width(pictures.get(i)));
            y[i / used + 1] = Math.max(y[i / used + 1], height(pictures.get(i)));
        }
        Arrays.parallelPrefix(x, Integer::sum);
        Arrays.parallelPrefix(y, Integer::sum);
        return draw(titles, Seen.pictures(columns, pictures), x[used], y[y.length - 1], g -> {
            for (int i = 0; i < pictures.size(); i++) {
                BufferedImage picture = pictures.get(i);
                g.drawImage(picture, x[i % used], y[i / used], width(picture), height(picture), null);
            }
        });
    }

    /** On the page, in CSS pixels. */
    static int width(BufferedImage picture) {
        return picture.getWidth() / pixelRatio(picture);
    }

    /** Likewise. */
    static int height(BufferedImage picture) {
        return picture.getHeight() / pixelRatio(picture);
    }

    /** Smooth lines and text; text is measured the way it is drawn only with the same hints. */
    public static void smooth(Graphics2D g) {
        Require.given("g", g);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    }

    /** The font of pictures' texts. */
    public static Font font(int size, int style) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** How many pixels of the image make one CSS pixel: 2 for pictures from here, 1 for others. */
    public static int pixelRatio(BufferedImage image) {
        Object ratio = Require.given("image", image).getProperty(PIXEL_RATIO_KEY);
        return ratio == Image.UndefinedProperty || !(ratio instanceof Integer number) ? 1 : number;
    }

    /** What it is of; empty where nothing is known. */
    public static String title(BufferedImage image) {
        return text(image, TITLE_KEY);
    }

    /** Its title, what kind of picture it is, its axes and what is drawn; empty where nothing is known. */
    public static String description(BufferedImage image) {
        return text(image, DESCRIPTION_KEY);
    }

    /** The description without the title. */
    static String seen(BufferedImage image) {
        return text(image, SEEN_KEY);
    }

    private static String text(BufferedImage image, String key) {
        return Require.given("image", image).getProperty(key) instanceof String text ? text : "";
    }

    /** The picture as a PNG file. */
    public static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory
        }
        return bytes.toByteArray();
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, but is " + value);
        }
    }
}
