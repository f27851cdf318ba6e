package org.scorebook.plot;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.PieChart;
import org.knowm.xchart.PieSeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.scorebook.base.Require;

/** What XChart cannot draw, said by series and place instead of by an exception from its inside. */
final class ChartChecks {
    private ChartChecks() {}

    /** Coordinates of a new series. A NaN of y leaves a gap in a line. */
    static void requireNumbers(String name, double[] x, double[] y) {
        Require.given("x", x);
        Require.given("y", y);
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

    /** That there is something to draw, that numbers are finite, and above 0 on logarithmic axes; also in charts that others made. */
    static void requireDrawable(Chart<?, ?> chart) {
        if (Require.given("chart", chart).getSeriesMap().isEmpty()) {
            throw new IllegalArgumentException(
                    "the chart \"" + chart.getTitle() + "\" must have a series, but has none");
        }
        if (chart instanceof XYChart xy) {
            xy.getSeriesMap().values().forEach(series -> requireDrawable(series, xy.getStyler()));
        } else if (chart instanceof CategoryChart bars) {
            bars.getSeriesMap().values().forEach(series -> requireDrawable(series, bars.getStyler()));
        } else if (chart instanceof PieChart pie) {
            pie.getSeriesMap().values().forEach(ChartChecks::requireDrawable);
        }
    }

    private static void requireDrawable(XYSeries series, XYStyler styler) {
        String name = series.getName();
        double[] x = SecondStart.taken(series.getXData());
        double[] y = SecondStart.taken(series.getYData());
        requireAll(name, "x", x, v -> !Double.isInfinite(v), "finite");
        requireAll(name, "y", y, v -> !Double.isInfinite(v), "finite, or NaN for a gap");
        requirePositive(styler.isXAxisLogarithmic(), name, "x", x);
        requirePositive(styler.isYAxisLogarithmic(), name, "y", y);
        double[] error = series.getExtraValues();
        if (error != null) {
            requireAll(name, "error", error, v -> !Double.isInfinite(v), "finite, or NaN for none");
            double[] lower = IntStream.range(0, error.length)
                    .mapToDouble(i -> series.getYData()[i] - error[i])
                    .toArray();
            requirePositive(styler.isYAxisLogarithmic(), name, "y less its error", lower);
        }
    }

    private static void requireDrawable(CategorySeries series, AxesChartStyler styler) {
        double[] heights = series.getYData().stream()
                .mapToDouble(v -> v == null ? Double.NaN : v.doubleValue())
                .toArray();
        requireAll(series.getName(), "y", heights, v -> !Double.isInfinite(v), "finite");
        requirePositive(styler.isYAxisLogarithmic(), series.getName(), "y", heights);
    }

    private static void requireDrawable(PieSeries slice) {
        double share = slice.getValue() == null ? 0 : slice.getValue().doubleValue();
        if (!(share >= 0 && Double.isFinite(share))) {
            throw new IllegalArgumentException(
                    "the value of " + slice.getName() + " must be 0 or more and finite, but is " + share);
        }
    }

    private static void requirePositive(boolean logarithmic, String name, String axis, double[] values) {
        if (logarithmic) {
            requireAll(name, axis, values, v -> v > 0 || Double.isNaN(v), "above 0 on a logarithmic axis");
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
