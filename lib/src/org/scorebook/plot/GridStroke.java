package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.XYChart;

/** Thin lines at 2 to 9 times a power of ten on logarithmic axes; none where these powers are less than 45 pixels apart. */
final class GridStroke extends BasicStroke {
    private final transient XYChart chart;

    GridStroke(XYChart chart) {
        super(1f);
        this.chart = chart;
    }

    @Override
    public Shape createStrokedShape(Shape shape) {
        Line2D line = (Line2D) shape;
        boolean level = line.getY1() == line.getY2();
        boolean log = level
                ? chart.getStyler().isYAxisLogarithmic()
                : chart.getStyler().isXAxisLogarithmic();
        double one = level ? chart.getScreenYFromChart(1) : chart.getScreenXFromChart(1);
        double decade = Math.abs((level ? chart.getScreenYFromChart(10) : chart.getScreenXFromChart(10)) - one);
        double up = level ? one - line.getY1() : line.getX1() - one;
        if (!log || up - decade * Math.ceil(up / decade) > -1) { // XChart rounds places down to whole pixels
            return super.createStrokedShape(line);
        }
        return decade < 45 ? new Path2D.Double() : new BasicStroke(0.5f).createStrokedShape(line);
    }
}
