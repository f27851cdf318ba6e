package org.scorebook.plot;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;

/** What is seen in a picture, in words, for those who cannot see it. Numbers of data are left out: they change with a run. */
final class Seen {
    /** As many names one listens to. */
    private static final int LISTED = 12;

    private Seen() {}

    /** A title and what is seen under it; one of them may be empty. */
    static String whole(String title, String seen) {
        if (title.isBlank() || seen.isBlank()) {
            return title + seen;
        }
        return title + (title.matches(".*[.?!]") ? " " : ". ") + seen;
    }

    /** An axis's symbol and ends. */
    static String axis(Axis axis) {
        String ends = "from " + Axis.label(axis.from()) + " to " + Axis.label(axis.to());
        return axis.title().isBlank() ? ends : axis.title() + " " + ends;
    }

    /** A chart's kind, its axes and its series. */
    static String chart(Chart<?, ?> chart) {
        String names = String.join("; ", chart.getSeriesMap().keySet());
        if (chart instanceof XYChart xy) {
            return "Chart of " + axes(xy, xy.getStyler()) + ", with " + series(xy);
        }
        return chart.getStyler() instanceof AxesChartStyler
                ? "Bar chart of " + chart.getYAxisTitle() + " by " + chart.getXAxisTitle() + ": " + names
                : "Pie chart: " + names;
    }

    private static String axes(XYChart chart, XYStyler style) {
        return scaled(chart.getYAxisTitle(), style.isYAxisLogarithmic()) + " against "
                + scaled(chart.getXAxisTitle(), style.isXAxisLogarithmic());
    }

    private static String scaled(String title, boolean logarithmic) {
        return logarithmic ? title + " (logarithmic)" : title;
    }

    private static String series(XYChart chart) {
        Map<String, List<String>> kinds = chart.getSeriesMap().values().stream()
                .collect(Collectors.groupingBy(
                        Seen::kind, LinkedHashMap::new, Collectors.mapping(XYSeries::getName, Collectors.toList())));
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + " " + listed(kind.getValue()))
                .collect(Collectors.joining(", and "));
    }

    /** The names, or the first and the last of many. */
    static String listed(List<String> names) {
        return names.size() <= LISTED
                ? String.join("; ", names)
                : names.get(0) + " to " + names.get(names.size() - 1) + ", " + names.size() + " in all";
    }

    private static String kind(XYSeries series) {
        if (series.getXYSeriesRenderStyle() == XYSeries.XYSeriesRenderStyle.Area) {
            return "filled";
        }
        return series.getLineStyle() == SeriesLines.NONE
                        || series.getXYSeriesRenderStyle() == XYSeries.XYSeriesRenderStyle.Scatter
                ? "points"
                : "lines";
    }

    /** Pictures side by side, and what they are where one thing can be said of all. */
    static String pictures(int columns, List<BufferedImage> pictures) {
        List<String> seen = pictures.stream()
                .map(Picture::seen)
                .filter(text -> !text.isBlank())
                .distinct()
                .toList();
        return rows(columns, pictures.size(), "picture")
                + (seen.isEmpty() ? "" : (seen.size() == 1 ? ", each: " : ": ") + String.join("; ", seen));
    }

    /** How many things stand in how many rows. */
    static String rows(int columns, int number, String thing) {
        int used = Math.min(columns, number);
        int rows = (number + used - 1) / used;
        String row = used == 1 ? "one " + thing : used + " " + thing + "s";
        return rows == 1 ? "One row of " + row : rows + " rows of " + row;
    }
}
