package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.Require;

/** A function of two numbers as colours, with axes, a colour bar and lines over it: for instance a density over time. */
public final class HeatMap {
    private static final int LEFT = 64;
    private static final int TOP = 40;
    private static final int RIGHT = 116;
    private static final int BOTTOM = 60;

    private record Curve(double[] x, double[] y) {}

    private final String title;
    private final String valueTitle;
    private final double[][] values;
    private final Axis horizontal;
    private final Axis vertical;
    private final List<Curve> lines = new ArrayList<>();
    private ColourScale colours;
    private int width = 680;
    private int height = 400;

    /**
     * @param title above the plot
     * @param valueTitle names the values, at the colour bar
     * @param horizontal the axis of the first index
     * @param vertical the axis of the second index, upwards
     * @param values finite; values[i][j] is the cell i from the left and j from below, all rows of one length
     */
    public HeatMap(String title, String valueTitle, Axis horizontal, Axis vertical, double[][] values) {
        this.title = Require.given("title", title);
        this.valueTitle = Require.given("valueTitle", valueTitle);
        this.horizontal = Require.given("horizontal", horizontal);
        this.vertical = Require.given("vertical", vertical);
        this.values = values;
        ColourScale.requireGrid(values);
        colours = ColourScale.of(values);
    }

    /**
     * Makes the whole picture smaller or larger than 680 x 400; two of 480 x 300 stand side by side on a notebook page.
     *
     * @param newWidth in CSS pixels, at least 260
     * @param newHeight in CSS pixels, at least 160
     */
    public HeatMap size(int newWidth, int newHeight) {
        if (newWidth < 260 || newHeight < 160) {
            throw new IllegalArgumentException(
                    "newWidth and newHeight must be at least 260 and 160, but are " + newWidth + " and " + newHeight);
        }
        width = newWidth;
        height = newHeight;
        return this;
    }

    /**
     * Sets the values of the darkest and the brightest colour, so that several maps can share them; without it they are
     * the least and the largest value. Values beyond them get the colour at that end.
     */
    public HeatMap range(double low, double high) {
        colours = ColourScale.chosen(low, high);
        return this;
    }

    /** Draws a line over the colours, through points in the axes' units. */
    public HeatMap line(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "x and y must have one length, but have " + x.length + " and " + y.length);
        }
        lines.add(new Curve(x, y));
        return this;
    }

    /** The map, drawn. */
    public BufferedImage picture() {
        String seen = "Heat map of " + valueTitle + " over " + Seen.axis(horizontal) + " and " + Seen.axis(vertical)
                + (lines.isEmpty() ? "" : lines.size() == 1 ? ", with a line" : ", with " + lines.size() + " lines");
        return Picture.draw(title, seen, width, height, this::draw);
    }

    private void draw(Graphics2D g) {
        int left = Math.max(LEFT, AxisDrawing.marginLeft(vertical, height - TOP - BOTTOM));
        Rectangle plot = new Rectangle(left, TOP, width - left - RIGHT, height - TOP - BOTTOM);
        colours.fill(g, values, plot);
        PlotArea area = new PlotArea(plot, horizontal, vertical);
        area.clipped(g, () -> drawLines(g, area));
        AxisDrawing axes = new AxisDrawing(g, plot);
        axes.title(title, width);
        axes.below(horizontal);
        axes.left(vertical);
        new ColourBar(valueTitle, colours).draw(g, plot);
    }

    private void drawLines(Graphics2D g, PlotArea area) {
        g.setColor(new Color(255, 255, 255, 190));
        g.setStroke(new BasicStroke(1f));
        for (Curve line : lines) {
            g.draw(area.line(line.x(), line.y()));
        }
    }
}
