package org.scorebook.view;

import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws a plane's layers and axes into a picture of a given width. */
record PlaneDrawing(String title, Axis horizontal, Axis vertical, List<PlaneLayer> layers) {
    private static final Insets MARGINS = new Insets(40, 60, 50, 16);
    private static final Insets COMPACT_MARGINS = new Insets(6, 32, 22, 10);

    BufferedImage picture(int width) {
        return picture(width, MARGINS);
    }

    /** With neither title nor axis titles. */
    BufferedImage compact(int width) {
        Axis x = new Axis("", horizontal.from(), horizontal.to());
        Axis y = new Axis("", vertical.from(), vertical.to());
        return new PlaneDrawing("", x, y, layers).picture(width, COMPACT_MARGINS);
    }

    private BufferedImage picture(int width, Insets margins) {
        int across = width - margins.left - margins.right;
        double ratio = (vertical.to() - vertical.from()) / (horizontal.to() - horizontal.from());
        Rectangle plot = new Rectangle(margins.left, margins.top, across, (int) Math.round(across * ratio));
        return Picture.draw(width, plot.y + plot.height + margins.bottom, g -> draw(g, plot, width));
    }

    private void draw(Graphics2D g, Rectangle plot, int width) {
        PlotArea area = new PlotArea(plot, horizontal, vertical);
        area.clipped(g, () -> layers.forEach(layer -> layer.draw(g, area)));
        AxisDrawing axes = new AxisDrawing(g, plot);
        axes.frame();
        axes.title(title, width);
        axes.below(horizontal);
        axes.left(vertical);
    }
}
