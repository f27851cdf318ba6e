package org.scorebook.plot;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.scorebook.base.Require;

/**
 * Numbers as viridis colours: dark violet at and below low, yellow at and above high.
 *
 * @param low finite
 * @param high not below low; all is violet if they are equal
 */
record ColourScale(double low, double high) {
    private static final int BAR_WIDTH = 14;

    /** From the least to the largest of the values. */
    static ColourScale of(double[][] values) {
        return new ColourScale(
                Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElse(0),
                Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElse(1));
    }

    /** A scale that a caller has chosen. */
    static ColourScale chosen(double low, double high) {
        if (!(low < high && Double.isFinite(low) && Double.isFinite(high))) {
            throw new IllegalArgumentException(
                    "low must be below high, and both finite, but they are " + low + " and " + high);
        }
        return new ColourScale(low, high);
    }

    /** Refuses values that are not a rectangle of finite numbers. */
    static void requireGrid(double[][] values) {
        if (Require.given("values", values).length == 0 || values[0].length == 0) {
            throw new IllegalArgumentException("values must have at least one column and one row, but have none");
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i].length != values[0].length
                    || !Arrays.stream(values[i]).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "values must be finite and of one length in each column, but column " + i + " is not");
            }
        }
    }

    /** Fills the plot with cells; values[i][j] is the cell i from the left and j from below. */
    void fill(Graphics2D g, double[][] values, Rectangle plot) {
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(cells(values), plot.x, plot.y, plot.width, plot.height, null);
    }

    /** Draws a bar of the colours on the right of a plot, with the values that they stand for. */
    void bar(Graphics2D g, String title, Rectangle plot) {
        Rectangle bar = new Rectangle(plot.x + plot.width + 18, plot.y, BAR_WIDTH, plot.height);
        for (int y = 0; y < bar.height; y++) {
            g.setColor(Palette.viridis(1 - y / (bar.height - 1.0)));
            g.fillRect(bar.x, bar.y + y, bar.width, 1);
        }
        new AxisDrawing(g, bar).right(new Axis(title, low, high > low ? high : low + 1));
    }

    private BufferedImage cells(double[][] values) {
        int width = values.length;
        int height = values[0].length;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < height; j++) {
                double share = high > low ? (values[i][j] - low) / (high - low) : 0;
                image.setRGB(i, height - 1 - j, Palette.viridis(share).getRGB());
            }
        }
        return image;
    }
}
