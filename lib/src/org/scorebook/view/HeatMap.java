package org.scorebook.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A function of two numbers as colours, with axes, a colour bar and lines over it: for instance a density over time. */
public final class HeatMap {
    private static final Rectangle PLOT = new Rectangle(64, 40, 500, 300);
    private static final int BAR_WIDTH = 14;

    private record Line(double[] x, double[] y) {}

    private final String title;
    private final String valueTitle;
    private final double[][] values;
    private final Axis horizontal;
    private final Axis vertical;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param title above the plot
     * @param valueTitle names the values, at the colour bar
     * @param horizontal the axis of the first index
     * @param vertical the axis of the second index, upwards
     * @param values finite; values[i][j] is the cell i from the left and j from below, all rows of one length
     */
    public HeatMap(String title, String valueTitle, Axis horizontal, Axis vertical, double[][] values) {
        this.title = title;
        this.valueTitle = valueTitle;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.values = values;
        for (double[] column : values) {
            if (column.length != values[0].length || !Arrays.stream(column).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("values must be finite and of one length in each column, but column "
                        + Arrays.asList(values).indexOf(column) + " is not");
            }
        }
    }

    /** Draws a line over the colours, through points in the axes' units. */
    public HeatMap line(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "x and y must have one length, but have " + x.length + " and " + y.length);
        }
        lines.add(new Line(x, y));
        return this;
    }

    /** The map, drawn. */
    public BufferedImage picture() {
        return Picture.draw(680, 400, this::draw);
    }

    private void draw(Graphics2D g) {
        double low = Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElse(0);
        double high =
                Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElse(1);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(colours(low, high), PLOT.x, PLOT.y, PLOT.width, PLOT.height, null);
        drawLines(g);
        AxisDrawing axes = new AxisDrawing(g, PLOT);
        axes.title(title);
        axes.below(horizontal);
        axes.left(vertical);
        drawBar(g, new Axis(valueTitle, low, high > low ? high : low + 1));
    }

    private BufferedImage colours(double low, double high) {
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

    private void drawLines(Graphics2D g) {
        Shape before = g.getClip();
        g.setClip(PLOT);
        g.setColor(new Color(255, 255, 255, 190));
        g.setStroke(new BasicStroke(1f));
        for (Line line : lines) {
            Path2D path = new Path2D.Double();
            for (int k = 0; k < line.x().length; k++) {
                double x = PLOT.x + horizontal.share(line.x()[k]) * PLOT.width;
                double y = PLOT.y + (1 - vertical.share(line.y()[k])) * PLOT.height;
                if (k == 0) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            g.draw(path);
        }
        g.setClip(before);
    }

    private static void drawBar(Graphics2D g, Axis axis) {
        Rectangle bar = new Rectangle(PLOT.x + PLOT.width + 18, PLOT.y, BAR_WIDTH, PLOT.height);
        for (int y = 0; y < bar.height; y++) {
            g.setColor(Palette.viridis(1 - y / (bar.height - 1.0)));
            g.fillRect(bar.x, bar.y + y, bar.width, 1);
        }
        new AxisDrawing(g, bar).right(axis);
    }
}
