package org.scorebook.plot;

import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** How Scorebook's charts look: palette, letters, thin grey axes, the legend below. */
final class ChartStyle {
    static final Font TITLE = Picture.font(15, Font.BOLD);

    private ChartStyle() {}

    static void apply(XYStyler style) {
        letters(style);
        axes(style);
        style.setSeriesColors(Palette.SERIES.toArray(new Color[0]));
        style.setChartBackgroundColor(Palette.PAPER);
        style.setChartTitleBoxVisible(false);
        style.setLegendBorderColor(Palette.PAPER);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setPlotBorderVisible(false);
        style.setMarkerSize(7);
    }

    private static void letters(XYStyler style) {
        style.setChartFontColor(Palette.INK);
        style.setLegendFont(Picture.font(12, Font.PLAIN));
        style.setAxisTickLabelsFont(Picture.font(12, Font.PLAIN));
        style.setAxisTickLabelsColor(Palette.INK);
        style.setAxisTitleFont(Picture.font(13, Font.PLAIN));
    }

    private static void axes(XYStyler style) {
        style.setErrorBarsColorSeriesColor(true);
        style.setDecimalPattern("#,##0.########"); // XChart would write .05
        style.setPlotGridLinesColor(Palette.LINE);
        style.setXAxisTickMarkSpacingHint(70);
        style.setAxisTickMarksColor(Palette.GREY);
    }
}
