package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;
import org.scorebook.base.Require;

/** Paths of particles as thin lines, each with a dot where it ends. */
record Trails(List<float[][]> paths, Color colour) implements PlaneLayer {
    private static final double DOT = 2.2;

    Trails {
        Require.given("paths", paths);
        Require.given("colour", colour);
        for (int k = 0; k < paths.size(); k++) {
            float[][] path = paths.get(k);
            if (path.length == 0) {
                throw new IllegalArgumentException(
                        "paths must each have at least one point, but path " + k + " has none");
            }
            for (int step = 0; step < path.length; step++) {
                Coordinates.requirePoint("paths", "step " + step + " of path " + k, path[step]);
            }
        }
    }

    @Override
    public void draw(Graphics2D g, PlotArea area) {
        g.setStroke(new BasicStroke(1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 170));
        for (float[][] path : paths) {
            g.draw(area.line(coordinate(path, 0), coordinate(path, 1)));
        }
        g.setColor(colour);
        for (float[][] path : paths) {
            float[] end = path[path.length - 1];
            if (area.contains(end[0], end[1])) {
                Dots.disc(g, area, end[0], end[1], DOT);
            }
        }
    }

    private static double[] coordinate(float[][] path, int which) {
        return IntStream.range(0, path.length).mapToDouble(k -> path[k][which]).toArray();
    }
}
