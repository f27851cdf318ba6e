package org.scorebook.plot;

import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Draws a plane's layers and axes into a picture of a given width.
 *
 * @param bar to the right of it, for which the picture is wider; null for none
 */
record PlaneDrawing(String title, String seen, Axis horizontal, Axis vertical, List<PlaneLayer> layers, ColourBar bar) {
    private static final Insets MARGINS = new Insets(40, 60, 50, 16);
    private static final Insets COMPACT_MARGINS = new Insets(6, 46, 38, 8);

    BufferedImage picture(int width) {
        return picture(width, MARGINS);
    }

    /** Without its title, its axes' close to their numbers. */
    BufferedImage compact(int width) {
        return new PlaneDrawing("", seen, horizontal, vertical, layers, null).picture(width, COMPACT_MARGINS);
    }

    /** How far the middle of a compact picture's plot is from its left edge. */
    static double compactCentre(int width) {
        return (COMPACT_MARGINS.left + width - COMPACT_MARGINS.right) / 2.0;
    }

    private int plotHeight(int width, Insets margins) {
        double ratio = (vertical.to() - vertical.from()) / (horizontal.to() - horizontal.from());
        return (int) Math.round((width - margins.left - margins.right) * ratio);
    }

    private BufferedImage picture(int width, Insets margins) {
        // For long numbers on the left the plot is smaller; the picture keeps its size beside others.
        int indent = Math.max(0, AxisDrawing.marginLeft(vertical, plotHeight(width, margins)) - margins.left);
        int left = margins.left + indent;
        int height = plotHeight(width - indent, margins);
        Rectangle plot = new Rectangle(left, margins.top, width - left - margins.right, height);
        return Picture.draw(
                title,
                seen,
                width + (bar == null ? 0 : ColourBar.WIDTH),
                margins.top + plotHeight(width, margins) + margins.bottom,
                g -> draw(g, plot, width));
    }

    private void draw(Graphics2D g, Rectangle plot, int width) {
        PlotArea area = new PlotArea(plot, horizontal, vertical);
        area.clipped(g, () -> layers.forEach(layer -> layer.draw(g, area)));
        AxisDrawing axes = new AxisDrawing(g, plot);
        axes.frame();
        axes.title(title, width);
        axes.below(horizontal, AxisDrawing.LEFT_SPACING);
        axes.left(vertical);
        if (bar != null) {
            bar.draw(g, plot);
        }
    }
}
