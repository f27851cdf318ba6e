package org.scorebook.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.scorebook.base.Require;

/**
 * Pictures drawn with twice the pixels of their size on the page, so that they are sharp on dense screens and in print.
 * The image property {@code pixelRatio} carries the factor to whoever shows the picture, {@code title} what it is of.
 */
public final class Picture {
    static final int PIXEL_RATIO = 2;
    private static final String PIXEL_RATIO_KEY = "pixelRatio";
    private static final String TITLE_KEY = "title";

    private Picture() {}

    /**
     * A white picture without a title, drawn by the given code.
     *
     * @param width on the page, in CSS pixels; the image has twice as many
     * @param height on the page, in CSS pixels
     * @param drawing draws in CSS pixels, with smooth lines and text
     */
    public static BufferedImage draw(int width, int height, Consumer<Graphics2D> drawing) {
        return draw("", width, height, drawing);
    }

    /** As {@link #draw(int, int, Consumer)}, of a title that stands in the picture, for those who cannot see it. */
    static BufferedImage draw(String title, int width, int height, Consumer<Graphics2D> drawing) {
        Require.given("drawing", drawing);
        requirePositive("width", width);
        requirePositive("height", height);
        BufferedImage plain = new BufferedImage(width * PIXEL_RATIO, height * PIXEL_RATIO, BufferedImage.TYPE_INT_RGB);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(PIXEL_RATIO_KEY, PIXEL_RATIO);
        properties.put(TITLE_KEY, title);
        BufferedImage image = new BufferedImage(plain.getColorModel(), plain.getRaster(), false, properties);
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

    /** Pictures side by side, in rows of so many; all of the first one's size. */
    public static BufferedImage grid(int columns, List<BufferedImage> pictures) {
        requirePositive("columns", columns);
        requirePositive(
                "number of pictures", Require.given("pictures", pictures).size());
        int width = pictures.get(0).getWidth() / pixelRatio(pictures.get(0));
        int height = pictures.get(0).getHeight() / pixelRatio(pictures.get(0));
        int rows = (pictures.size() + columns - 1) / columns;
        String titles = pictures.stream()
                .map(Picture::title)
                .filter(title -> !title.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        return draw(titles, columns * width, rows * height, g -> {
            for (int i = 0; i < pictures.size(); i++) {
                g.drawImage(pictures.get(i), i % columns * width, i / columns * height, width, height, null);
            }
        });
    }

    /** Smooth lines and text; text is measured the way it is drawn only with the same hints. */
    static void smooth(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    }

    static Font font(int size, int style) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** How many pixels of the image make one CSS pixel: 2 for pictures from here, 1 for others. */
    public static int pixelRatio(BufferedImage image) {
        Object ratio = Require.given("image", image).getProperty(PIXEL_RATIO_KEY);
        return ratio == Image.UndefinedProperty || !(ratio instanceof Integer number) ? 1 : number;
    }

    /** What it is of; empty where nothing is known. */
    public static String title(BufferedImage image) {
        return Require.given("image", image).getProperty(TITLE_KEY) instanceof String title ? title : "";
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
