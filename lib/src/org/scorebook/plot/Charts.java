package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.scorebook.base.Require;

/** XChart charts in Scorebook's style. */
public final class Charts {
    private static final int TITLE_MARGINS = 100; // XChart centres a title over the plot, not over the picture
    private static final int Y_AXIS = 70; // about what is left of the plot
    private static final int CURVE_POINTS = 400;
    private static final Color PALE_BLUE = new Color(0xCFE4F2);

    private Charts() {}

    /**
     * An empty chart of lines over a number axis, without markers.
     *
     * @param xTitle the axis's symbol, with the unit in brackets where it has one
     * @param yTitle likewise
     */
    public static XYChart xy(String title, String xTitle, String yTitle) {
        return xy(title, xTitle, yTitle, 640, 380);
    }

    /** As {@link #xy(String, String, String)}, of a given size in CSS pixels. */
    public static XYChart xy(String title, String xTitle, String yTitle, int width, int height) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(Require.given("title", title))
                .xAxisTitle(Require.given("xTitle", xTitle))
                .yAxisTitle(Require.given("yTitle", yTitle))
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setPlotGridLinesStroke(new GridStroke(chart));
        chart.getStyler().setChartTitleFont(Heading.fitting(title, ChartStyle.TITLE, width - TITLE_MARGINS));
        return chart;
    }

    /**
     * Adds a line to a chart.
     *
     * @param x finite
     * @param y as many, finite; NaN leaves a gap
     */
    public static void line(XYChart chart, String name, double[] x, double[] y) {
        series(chart, name, x, y).setMarker(SeriesMarkers.NONE).setLineStyle(stroke(chart));
    }

    /** Adds points to a chart, as discs without a line between them. */
    public static void points(XYChart chart, String name, double[] x, double[] y) {
        series(chart, name, x, y).setMarker(SeriesMarkers.CIRCLE).setLineStyle(SeriesLines.NONE);
    }

    /** Adds a line with a disc at each of its points, for few measurements such as a quality against evaluations. */
    public static void markedLine(XYChart chart, String name, double[] x, double[] y) {
        series(chart, name, x, y).setMarker(SeriesMarkers.CIRCLE).setLineStyle(stroke(chart));
    }

    /** Of a chart's newest line: dashed where its colour is that of one before. */
    private static BasicStroke stroke(XYChart chart) {
        return chart.getSeriesMap().size() <= Palette.SERIES.size()
                ? new BasicStroke(2f)
                : new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0);
    }

    /**
     * As {@link #markedLine}, with a bar from y - error to y + error at each point.
     *
     * @param errors as many, 0 or more
     */
    public static void errorBars(XYChart chart, String name, double[] x, double[] y, double[] errors) {
        Require.given("errors", errors);
        markedLine(chart, name, x, y);
        if (errors.length != x.length || Arrays.stream(errors).anyMatch(error -> !(error >= 0))) {
            throw new IllegalArgumentException("errors of " + name + " must be " + x.length
                    + " numbers of 0 or more, but are " + Arrays.toString(errors));
        }
        double[] second = SecondStart.given(errors);
        second[1] = Double.NaN;
        chart.updateXYSeries(name, SecondStart.given(x), SecondStart.given(y), second);
    }

    /** The same chart with words at x = 0, 1, 2 and so on instead of the numbers. */
    public static XYChart categoriesX(XYChart chart, List<String> labels) {
        List<String> words = List.copyOf(Require.given("labels", labels));
        double margin = words.size() == 1 ? 1 : 0.5;
        double width = words.size() - 1 + 2 * margin;
        Require.given("chart", chart).getStyler().setXAxisMin(-margin).setXAxisMax(width - margin);
        chart.getStyler().setXAxisTickMarkSpacingHint((int) ((chart.getWidth() - Y_AXIS) / width)); // steps of 1
        chart.setCustomXAxisTickLabelsFormatter(x -> {
            int place = (int) Math.round(x);
            if (place >= 0 && place < words.size()) {
                return words.get(place);
            }
            return " ".repeat(place < 0 ? 1 : 2 + place - words.size()); // XChart wants no two alike
        });
        return chart;
    }

    /**
     * A chart of a training's losses, pale, and over them their mean over the last tenth of the steps so far; with a logarithmic
     * axis of steps where all losses are positive, and one of losses where these span a power of ten.
     *
     * @param losses of steps 1, 2, 3 and so on; finite, at least one
     */
    public static XYChart lossCurve(String title, double[] losses) {
        return LossCurve.of(title, losses);
    }

    /** As {@link #lossCurve(String, double[])}. */
    public static XYChart lossCurve(String title, float[] losses) {
        int steps = Require.given("losses", losses).length;
        return lossCurve(
                title, IntStream.range(0, steps).mapToDouble(k -> losses[k]).toArray());
    }

    /**
     * As {@link #lossCurve(String, double[])}, of losses that were noted at some steps only, as evenly spaced as may be.
     *
     * @param steps positive, growing, as many as losses
     */
    public static XYChart lossCurve(String title, double[] steps, double[] losses) {
        return LossCurve.of(title, "as logged", Require.given("steps", steps), Require.given("losses", losses));
    }

    private static XYSeries series(XYChart chart, String name, double[] x, double[] y) {
        Require.given("chart", chart);
        Require.given("name", name);
        if (chart.getSeriesMap().containsKey(name)) {
            throw new IllegalArgumentException("name must be new to the chart \"" + chart.getTitle() + "\", but " + name
                    + " is one of its series already");
        }
        ChartChecks.requireNumbers(name, x, y);
        return chart.addSeries(name, SecondStart.given(x), SecondStart.given(y));
    }

    /**
     * Adds the outline of a histogram, scaled to area 1 over the range so that it can be compared with a density. Values
     * outside the range count towards the total and are not drawn.
     */
    public static void histogram(XYChart chart, String name, float[] values, double from, double to, int bins) {
        Histogram histogram = Histogram.of(values, from, to, bins);
        line(chart, name, histogram.edges(), histogram.tops());
    }

    /**
     * A chart of a histogram as a pale area, and the density that the values should have as a line over it.
     *
     * @param xTitle the axis's symbol, with the unit in brackets where it has one
     * @param values at least one; those outside the range count towards the total and are not drawn
     * @param density finite between from and to
     */
    public static XYChart histogramWithDensity(
            String title,
            String xTitle,
            float[] values,
            DoubleUnaryOperator density,
            double from,
            double to,
            int bins) {
        Histogram histogram = Histogram.of(values, from, to, bins);
        double[] x = IntStream.rangeClosed(0, CURVE_POINTS)
                .mapToDouble(k -> from + k * (to - from) / CURVE_POINTS)
                .toArray();
        XYChart chart = xy(title, xTitle, "density");
        chart.getStyler().setYAxisMin(0.0).setXAxisMin(from).setXAxisMax(to);
        chart.getStyler().setYAxisDecimalPattern("0.########");
        String name = String.format(Locale.ROOT, "histogram of %,d values", values.length);
        area(chart, name, histogram.edges(), histogram.tops());
        double[] y = Arrays.stream(x).map(Require.given("density", density)).toArray();
        line(chart, "true density", x, y);
        return chart;
    }

    private static void area(XYChart chart, String name, double[] x, double[] y) {
        XYSeries area = series(chart, name, x, y);
        area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
        area.setFillColor(PALE_BLUE);
        area.setMarker(SeriesMarkers.NONE).setLineStyle(new BasicStroke(1f));
    }

    /** The same chart with a logarithmic vertical axis. */
    public static XYChart logarithmicY(XYChart chart) {
        Require.given("chart", chart).getStyler().setYAxisLogarithmic(true);
        return chart;
    }

    /** The same chart with logarithmic axes. */
    public static XYChart logarithmic(XYChart chart) {
        Require.given("chart", chart).getStyler().setXAxisLogarithmic(true);
        return logarithmicY(chart);
    }

    /**
     * The chart as a picture, with twice the pixels of its size.
     *
     * @throws IllegalArgumentException if it has no series, or a number that is infinite, or not positive on a
     *     logarithmic axis
     */
    public static BufferedImage picture(Chart<?, ?> chart) {
        ChartChecks.requireDrawable(chart);
        return Picture.draw(
                chart.getTitle(), Seen.chart(chart), chart.getWidth(), chart.getHeight(), g -> draw(g, chart));
    }

    private static void draw(Graphics2D g, Chart<?, ?> chart) {
        Legend legend = chart instanceof XYChart xy ? Legend.of(xy) : null;
        if (legend == null || legend.isEmpty()) {
            chart.paint(g, chart.getWidth(), chart.getHeight());
            return;
        }
        int height = chart.getHeight();
        int above = height - legend.height();
        chart.getStyler().setLegendVisible(false);
        try {
            chart.paint(g, chart.getWidth(), above);
            legend.draw(g, above);
            g.clipRect(0, 0, 0, 0);
            chart.paint(g, chart.getWidth(), height); // a chart has the size that it was painted in last
        } finally {
            chart.getStyler().setLegendVisible(true);
        }
    }
}
