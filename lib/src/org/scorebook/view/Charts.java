package org.scorebook.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** XChart charts in Scorebook's style. */
public final class Charts {
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
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        XYStyler style = chart.getStyler();
        style(style);
        styleAxes(style);
        return chart;
    }

    /** Adds a line to a chart. */
    public static void line(XYChart chart, String name, double[] x, double[] y) {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException(
                    "x and y must have one length, at least 1, but have " + x.length + " and " + y.length);
        }
        chart.addSeries(name, withSecondStart(x), withSecondStart(y))
                .setMarker(SeriesMarkers.NONE)
                .setLineStyle(new BasicStroke(2f));
    }

    /**
     * XChart puts its ticks on the data, at odd numbers, where the x are evenly spaced. A line with one point more, close
     * behind its first, looks the same, on logarithmic axes too, and is not evenly spaced.
     */
    private static double[] withSecondStart(double[] values) {
        double[] more = new double[values.length + 1];
        System.arraycopy(values, 0, more, 1, values.length);
        more[0] = values[0];
        more[1] = values[0] + (values[Math.min(1, values.length - 1)] - values[0]) / 1000;
        return more;
    }

    /**
     * Adds the outline of a histogram, scaled to area 1 over the range so that it can be compared with a density. Values
     * outside the range count towards the total and are not drawn.
     */
    public static void histogram(XYChart chart, String name, float[] values, double from, double to, int bins) {
        if (!(from < to) || bins < 1) {
            throw new IllegalArgumentException(
                    "from must be below to, and bins at least 1, but they are " + from + ", " + to + " and " + bins);
        }
        double width = (to - from) / bins;
        double[] heights = new double[bins];
        for (float value : values) {
            int bin = (int) Math.floor((value - from) / width);
            if (bin >= 0 && bin < bins) {
                heights[bin] += 1 / (width * values.length);
            }
        }
        double[] x = new double[2 * bins];
        double[] y = new double[2 * bins];
        for (int i = 0; i < 2 * bins; i++) {
            x[i] = from + width * ((i + 1) / 2);
            y[i] = heights[i / 2];
        }
        line(chart, name, x, y);
    }

    /** The same chart with a logarithmic vertical axis. */
    public static XYChart logarithmicY(XYChart chart) {
        chart.getStyler().setYAxisLogarithmic(true).setPlotGridLinesVisible(false);
        return chart;
    }

    /** The same chart with logarithmic axes. */
    public static XYChart logarithmic(XYChart chart) {
        chart.getStyler().setXAxisLogarithmic(true);
        return logarithmicY(chart);
    }

    /** The chart as a picture, with twice the pixels of its size. */
    public static BufferedImage picture(Chart<?, ?> chart) {
        return Picture.draw(
                chart.getWidth(), chart.getHeight(), g -> chart.paint(g, chart.getWidth(), chart.getHeight()));
    }

    private static void style(Styler style) {
        style.setSeriesColors(Palette.SERIES.toArray(new Color[0]));
        style.setChartBackgroundColor(Palette.PAPER);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(Picture.font(15, Font.BOLD));
        style.setChartFontColor(Palette.INK);
        style.setLegendBorderColor(Palette.PAPER);
        style.setLegendFont(Picture.font(12, Font.PLAIN));
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setPlotBorderVisible(false);
        style.setAntiAlias(true);
    }

    private static void styleAxes(AxesChartStyler style) {
        style.setPlotGridLinesColor(Palette.LINE);
        style.setXAxisTickMarkSpacingHint(70);
        style.setPlotGridLinesStroke(new BasicStroke(1f));
        style.setAxisTickMarksColor(Palette.GREY);
        style.setAxisTickLabelsFont(Picture.font(12, Font.PLAIN));
        style.setAxisTickLabelsColor(Palette.INK);
        style.setAxisTitleFont(Picture.font(13, Font.PLAIN));
    }
}
