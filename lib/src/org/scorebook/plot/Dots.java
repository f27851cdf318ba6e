package org.scorebook.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.scorebook.base.Require;

/** A cloud of points as translucent dots, smaller and paler the more there are. */
record Dots(float[][] rows, Color colour) implements PlaneLayer {
    Dots {
        Require.given("rows", rows);
        Require.given("colour", colour);
        for (int k = 0; k < rows.length; k++) {
            Coordinates.requirePoint("points", "row " + k, rows[k]);
        }
    }

    @Override
    public void draw(Graphics2D g, PlotArea area) {
        double crowd = 100.0 / Math.max(100, rows.length);
        double radius = Math.max(0.9, 2.6 * Math.pow(crowd, 0.25));
        double opacity = Math.max(0.2, 0.85 * Math.pow(crowd, 0.2));
        g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) (255 * opacity)));
        for (float[] row : rows) {
            if (area.contains(row[0], row[1])) {
                disc(g, area, row[0], row[1], radius);
            }
        }
    }

    static void disc(Graphics2D g, PlotArea area, double x, double y, double radius) {
        g.fill(new Ellipse2D.Double(area.x(x) - radius, area.y(y) - radius, 2 * radius, 2 * radius));
    }
}
