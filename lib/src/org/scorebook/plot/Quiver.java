package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.stream.IntStream;

/**
 * Arrows of a vector field, each centred on its point of the grid.
 *
 * @param vectors two numbers for each point of the grid
 * @param onColours white arrows with a dark edge, which are seen on all of viridis; else dark ones for white paper
 */
record Quiver(PlaneGrid grid, double[] vectors, ArrowLength lengths, boolean onColours) implements PlaneLayer {
    private static final Color EDGE = new Color(0, 0, 0, 110);
    private static final double LARGEST_HEAD = 4.6;
    private static final double DOT = 0.7;

    @Override
    public void draw(Graphics2D g, PlotArea area) {
        double longest =
                IntStream.range(0, grid.size()).mapToDouble(this::norm).max().orElse(0);
        double cell = (double) area.plot().width / grid.columns();
        g.setStroke(new BasicStroke(1.2f));
        for (int k = 0; k < grid.size(); k++) {
            double x = area.x(grid.x(k / grid.rows()));
            double y = area.y(grid.y(k % grid.rows()));
            double length = cell * lengths.share(norm(k), longest);
            if (length < 2 * DOT) {
                paint(g, new Ellipse2D.Double(x - DOT, y - DOT, 2 * DOT, 2 * DOT));
            } else {
                paint(g, arrow(x, y, vectors[2 * k] / norm(k), -vectors[2 * k + 1] / norm(k), length));
            }
        }
    }

    private double norm(int k) {
        return Math.hypot(vectors[2 * k], vectors[2 * k + 1]);
    }

    private void paint(Graphics2D g, Shape shape) {
        if (onColours) {
            g.setColor(EDGE);
            g.draw(shape);
        }
        g.setColor(onColours ? Color.WHITE : Palette.INK);
        g.fill(shape);
    }

    /** An outline along the direction (ux, uy), of length 1 in pixels: shaft, head, shaft. */
    private static Path2D arrow(double x, double y, double ux, double uy, double length) {
        double head = Math.min(LARGEST_HEAD, length / 2);
        double wide = head * 0.48;
        double thin = Math.min(0.6, wide * 0.4);
        double neck = length / 2 - head;
        double[][] corners = {
            {-length / 2, thin},
            {neck, thin},
            {neck, wide},
            {length / 2, 0},
            {neck, -wide},
            {neck, -thin},
            {-length / 2, -thin}
        };
        Path2D path = new Path2D.Double();
        for (double[] corner : corners) {
            double px = x + corner[0] * ux - corner[1] * uy;
            double py = y + corner[0] * uy + corner[1] * ux;
            if (path.getCurrentPoint() == null) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        path.closePath();
        return path;
    }
}
