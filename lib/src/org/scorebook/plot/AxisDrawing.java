package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.util.List;

/** Draws axes, their ticks and their titles around a plot. */
final class AxisDrawing {
    /** Of the ticks on the left, in CSS pixels, about. */
    static final int LEFT_SPACING = 42;

    private static final int TICK = 5;

    private final Graphics2D g;
    private final Rectangle plot;

    AxisDrawing(Graphics2D g, Rectangle plot) {
        this.g = g;
        this.plot = plot;
        g.setColor(Palette.INK);
        g.setStroke(new BasicStroke(1f));
    }

    /** Above the plot, centred over it as far as the picture's width allows. */
    void title(String text, int pictureWidth) {
        Heading.draw(g, text, Picture.font(15, Font.BOLD), plot.getCenterX(), plot.y - 15, 8, pictureWidth - 8);
    }

    /** A thin line around the plot. */
    void frame() {
        g.setColor(Palette.GREY);
        g.draw(plot);
        g.setColor(Palette.INK);
    }

    void below(Axis axis) {
        below(axis, 62);
    }

    /** @param spacing of the ticks in CSS pixels, about; wider where their numbers need more */
    void below(Axis axis, int spacing) {
        FontMetrics metrics = small();
        int y = plot.y + plot.height;
        for (double tick : ticksBelow(axis, spacing)) {
            double x = plot.x + axis.share(tick) * plot.width;
            g.draw(new Line2D.Double(x, y, x, y + TICK));
            g.drawString(Axis.label(tick), (float) x - metrics.stringWidth(Axis.label(tick)) / 2f, y + TICK + 14);
        }
        g.setFont(Picture.font(13, Font.PLAIN));
        int width = g.getFontMetrics().stringWidth(axis.title());
        g.drawString(axis.title(), plot.x + (plot.width - width) / 2, y + TICK + 30);
    }

    void left(Axis axis) {
        FontMetrics metrics = small();
        int widest = 0;
        for (double tick : axis.ticks(wanted(plot.height, LEFT_SPACING))) {
            double y = height(axis, tick);
            g.draw(new Line2D.Double(plot.x - TICK, y, plot.x, y));
            int width = metrics.stringWidth(Axis.label(tick));
            g.drawString(Axis.label(tick), plot.x - TICK - 4 - width, (float) y + 4);
            widest = Math.max(widest, width);
        }
        sideways(axis.title(), plot.x - Math.max(32, TICK + 4 + widest + 8));
    }

    void right(Axis axis) {
        small();
        int x = plot.x + plot.width;
        for (double tick : axis.ticks(wanted(plot.height, 60))) {
            double y = height(axis, tick);
            g.draw(new Line2D.Double(x, y, x + TICK, y));
            g.drawString(Axis.label(tick), x + TICK + 4, (float) y + 4);
        }
        sideways(axis.title(), x + 56);
    }

    /** How wide a margin the numbers and the title of an axis on the left need, in CSS pixels. */
    static int marginLeft(Axis axis, int plotHeight) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        Font font = Picture.font(12, Font.PLAIN);
        double widest = axis.ticks(wanted(plotHeight, LEFT_SPACING)).stream()
                .mapToDouble(
                        tick -> font.getStringBounds(Axis.label(tick), context).getWidth())
                .max()
                .orElse(0);
        return (int) Math.ceil(widest) + TICK + 26;
    }

    private List<Double> ticksBelow(Axis axis, int spacing) {
        FontMetrics metrics = g.getFontMetrics();
        int wanted = wanted(plot.width, spacing);
        List<Double> ticks = axis.ticks(wanted);
        while (wanted > 2
                && ticks.stream()
                                .mapToInt(t -> metrics.stringWidth(Axis.label(t)) + 10)
                                .max()
                                .orElse(0)
                        > plot.width / Math.max(1, ticks.size() - 1)) {
            wanted--;
            ticks = axis.ticks(wanted);
        }
        return ticks;
    }

    private static int wanted(int length, int spacing) {
        return Math.max(2, length / spacing);
    }

    private double height(Axis axis, double value) {
        return plot.y + (1 - axis.share(value)) * plot.height;
    }

    private FontMetrics small() {
        g.setColor(Palette.INK);
        g.setFont(Picture.font(12, Font.PLAIN));
        return g.getFontMetrics();
    }

    private void sideways(String text, int x) {
        g.setFont(Picture.font(13, Font.PLAIN));
        AffineTransform before = g.getTransform();
        g.rotate(-Math.PI / 2, x, plot.getCenterY());
        g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, (int) plot.getCenterY());
        g.setTransform(before);
    }
}
