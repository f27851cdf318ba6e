package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;

/**
 * The lines of a chart's grid. On a logarithmic axis XChart draws one also at 2, 3, ... 9 times each power of ten; these are
 * thin here, and left out where powers of ten are so close that they would fill the chart.
 */
final class GridStroke extends BasicStroke {
    private static final BasicStroke THIN = new BasicStroke(0.5f);

    /** Pixels between two powers of ten. */
    private static final double CLOSE = 45;

    private final transient XYChart chart;

    GridStroke(XYChart chart) {
        super(1f);
        this.chart = chart;
    }

    @Override
    public Shape createStrokedShape(Shape shape) {
        Line2D line = (Line2D) shape;
        XYStyler style = chart.getStyler();
        boolean horizontal = line.getY1() == line.getY2();
        if (horizontal ? style.isYAxisLogarithmic() : style.isXAxisLogarithmic()) {
            return horizontal
                    ? stroked(line, -line.getY1(), v -> -chart.getScreenYFromChart(v))
                    : stroked(line, line.getX1(), chart::getScreenXFromChart);
        }
        return super.createStrokedShape(line);
    }

    /** @param screen where a value is on its axis, in pixels that grow with it */
    private Shape stroked(Line2D line, double place, DoubleUnaryOperator screen) {
        double one = screen.applyAsDouble(1);
        double decade = screen.applyAsDouble(10) - one;
        double off = place - one - decade * Math.ceil((place - one) / decade);
        if (off > -1) { // XChart rounds the places of ticks down to whole pixels
            return super.createStrokedShape(line);
        }
        return decade < CLOSE ? new Path2D.Double() : THIN.createStrokedShape(line);
    }
}
