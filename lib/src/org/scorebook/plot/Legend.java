package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;

/** The names of a chart's series below it, in rows, each row on one base line; XChart's own follow each name's descenders. */
final class Legend {
    private static final Font FONT = Picture.font(12, Font.PLAIN);
    private static final int SAMPLE = 24;
    private static final int SPACE = 6;
    private static final int GAP = 18;
    private static final int ROW = 20;
    private static final int MARGIN = 10;

    private final List<List<XYSeries>> rows = new ArrayList<>();
    private final int width;

    private Legend(List<XYSeries> series, int width) {
        this.width = width;
        double left = width; // as if a row were full
        for (XYSeries each : series) {
            if (left + width(each) > width - 2 * MARGIN && (rows.isEmpty() || left > 0)) {
                rows.add(new ArrayList<>());
                left = 0;
            }
            rows.get(rows.size() - 1).add(each);
            left += width(each) + GAP;
        }
    }

    /** The legend of a chart that shows one in Scorebook's place; empty for others. */
    static Legend of(XYChart chart) {
        Styler style = chart.getStyler();
        boolean ours = style.isLegendVisible()
                && style.getLegendPosition() == Styler.LegendPosition.OutsideS
                && style.getLegendLayout() == Styler.LegendLayout.Horizontal;
        List<XYSeries> shown = new ArrayList<>(chart.getSeriesMap().values());
        shown.removeIf(series -> !ours || !series.isEnabled() || !series.isShowInLegend());
        return new Legend(shown, chart.getWidth());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    int height() {
        return rows.size() * ROW + MARGIN;
    }

    /** Draws it with its upper edge at y, in the colours that the chart's own drawing gave its series. */
    void draw(Graphics2D g, int y) {
        for (int row = 0; row < rows.size(); row++) {
            List<XYSeries> series = rows.get(row);
            double used = series.stream().mapToDouble(Legend::width).sum() + GAP * (series.size() - 1);
            double x = (width - used) / 2;
            for (XYSeries each : series) {
                entry(g, each, x, y + row * ROW + ROW / 2.0);
                x += width(each) + GAP;
            }
        }
    }

    private static void entry(Graphics2D g, XYSeries series, double x, double middle) {
        if (series.getXYSeriesRenderStyle() == XYSeries.XYSeriesRenderStyle.Area) {
            g.setColor(series.getFillColor());
            g.fill(new Rectangle((int) x, (int) middle - 5, SAMPLE, 10));
        } else {
            line(g, series, x, middle);
        }
        g.setColor(Palette.INK);
        g.setFont(FONT);
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(series.getLabel(), (float) (x + SAMPLE + SPACE), (float) (middle + metrics.getAscent() / 2.0 - 2));
    }

    private static void line(Graphics2D g, XYSeries series, double x, double middle) {
        BasicStroke stroke = series.getLineStyle();
        if (stroke != SeriesLines.NONE) {
            g.setColor(series.getLineColor());
            g.setStroke(stroke);
            g.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
        }
        Color marker = series.getMarkerColor();
        if (series.getMarker() != null && marker != null) {
            g.setColor(marker);
            series.getMarker().paint(g, x + SAMPLE / 2.0, middle, 7);
        }
    }

    private static double width(XYSeries series) {
        return SAMPLE
                + SPACE
                + FONT.getStringBounds(series.getLabel(), new FontRenderContext(null, true, true))
                        .getWidth();
    }
}
