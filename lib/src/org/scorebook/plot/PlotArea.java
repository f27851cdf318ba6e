package org.scorebook.plot;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** Where values on two axes lie within a rectangle of a picture. */
record PlotArea(Rectangle plot, Axis horizontal, Axis vertical) {
    /** In CSS pixels from the picture's left edge. */
    double x(double value) {
        return plot.x + horizontal.share(value) * plot.width;
    }

    /** In CSS pixels from the picture's upper edge. */
    double y(double value) {
        return plot.y + (1 - vertical.share(value)) * plot.height;
    }

    boolean contains(double x, double y) {
        return x >= horizontal.from() && x <= horizontal.to() && y >= vertical.from() && y <= vertical.to();
    }

    /** A line through points in the axes' units. */
    Path2D line(double[] x, double[] y) {
        Path2D path = new Path2D.Double();
        for (int k = 0; k < x.length; k++) {
            if (k == 0) {
                path.moveTo(x(x[k]), y(y[k]));
            } else {
                path.lineTo(x(x[k]), y(y[k]));
            }
        }
        return path;
    }

    /** Draws with nothing going beyond the rectangle. */
    void clipped(Graphics2D g, Runnable drawing) {
        Shape before = g.getClip();
        g.clip(plot);
        drawing.run();
        g.setClip(before);
    }
}
