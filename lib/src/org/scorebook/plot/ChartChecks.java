package org.scorebook.plot;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;

/** What XChart cannot draw, said by series and place instead of by an exception from its inside. */
final class ChartChecks {
    private ChartChecks() {}

    /** Coordinates of a new series. A NaN of y leaves a gap in a line. */
    static void requireNumbers(String name, double[] x, double[] y) {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("x and y of " + name + " must have one length, at least 1, but have "
                    + x.length + " and " + y.length);
        }
        requireAll(name, "x", x, Double::isFinite, "finite");
        requireAll(name, "y", y, v -> !Double.isInfinite(v), "finite, or NaN for a gap");
        if (Arrays.stream(y).allMatch(Double::isNaN)) {
            throw new IllegalArgumentException("y of " + name + " must have a number, but has only NaN");
        }
    }

    /** That there is something to draw, and that logarithmic axes have positive numbers only. */
    static void requireDrawable(Chart<?, ?> chart) {
        if (chart.getSeriesMap().isEmpty()) {
            throw new IllegalArgumentException(
                    "the chart \"" + chart.getTitle() + "\" must have a series, but has none");
        }
        if (chart instanceof XYChart xy) {
            for (XYSeries series : xy.getSeriesMap().values()) {
                requirePositive(xy.getStyler().isXAxisLogarithmic(), series.getName(), "x", series.getXData());
                requirePositive(xy.getStyler().isYAxisLogarithmic(), series.getName(), "y", series.getYData());
            }
        }
    }

    private static void requirePositive(boolean logarithmic, String name, String axis, double[] values) {
        if (logarithmic) {
            double[] given = SecondStart.taken(values);
            requireAll(name, axis, given, v -> v > 0 || Double.isNaN(v), "above 0 on a logarithmic axis");
        }
    }

    private static void requireAll(String name, String axis, double[] values, DoublePredicate right, String what) {
        IntStream.range(0, values.length)
                .filter(i -> !right.test(values[i]))
                .findFirst()
                .ifPresent(i -> {
                    throw new IllegalArgumentException(
                            axis + " of " + name + " must be " + what + ", but number " + i + " is " + values[i]);
                });
    }
}
