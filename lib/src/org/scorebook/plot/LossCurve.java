package org.scorebook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.scorebook.base.Require;

/**
 * A loss at each step, and on top its mean over the last tenth of the steps so far. Such a window is as wide everywhere on a
 * logarithmic axis, and follows the fast first steps as well as it smooths the many late ones. The vertical axis is logarithmic, too,
 * where two powers of ten lie between the losses. Losses that are not all positive, such as an energy's, which swing around 0, have
 * linear axes.
 */
final class LossCurve {
    private static final Color PALE = new Color(0xA9CFE8);
    private static final int PART = 10;

    private LossCurve() {}

    static XYChart of(String title, double[] losses) {
        return of(
                title,
                "each step",
                IntStream.rangeClosed(1, Require.given("losses", losses).length)
                        .asDoubleStream()
                        .toArray(),
                losses);
    }

    /** @param name of the losses, in the legend */
    static XYChart of(String title, String name, double[] steps, double[] losses) {
        requireFinite(losses);
        XYChart chart = Charts.xy(title, "step", "loss");
        Charts.line(chart, name, steps, losses);
        Charts.line(chart, "mean over the last tenth of the steps so far", steps, smooth(losses));
        chart.getSeriesMap().get(name).setLineStyle(new BasicStroke(1f));
        chart.getStyler().setXAxisDecimalPattern("#,##0").setSeriesColors(new Color[] {PALE, Palette.BLUE});
        if (Arrays.stream(losses).allMatch(loss -> loss > 0)) {
            chart.getStyler().setXAxisLogarithmic(true);
            if (spanAPower(losses)) {
                Charts.logarithmicY(chart);
            } else {
                chart.getStyler().setYAxisMin(0.0);
            }
        }
        return chart;
    }

    /** XChart labels only powers of ten on a logarithmic axis: it takes two between the losses to read any off. */
    private static boolean spanAPower(double[] losses) {
        double low = Math.log10(Arrays.stream(losses).min().orElseThrow());
        double high = Math.log10(Arrays.stream(losses).max().orElseThrow());
        return Math.floor(high) > Math.ceil(low);
    }

    /** The mean over the last k / 10 of the first k losses, over at least one. */
    static double[] smooth(double[] losses) {
        double[] sums = new double[losses.length + 1];
        for (int k = 0; k < losses.length; k++) {
            sums[k + 1] = sums[k] + losses[k];
        }
        double[] means = new double[losses.length];
        Arrays.setAll(means, k -> {
            int window = Math.max(1, (k + 1) / PART);
            return (sums[k + 1] - sums[k + 1 - window]) / window;
        });
        return means;
    }

    private static void requireFinite(double[] losses) {
        if (losses.length == 0) {
            throw new IllegalArgumentException("losses must contain at least one loss, but is empty");
        }
        for (int k = 0; k < losses.length; k++) {
            if (!Double.isFinite(losses[k])) {
                throw new IllegalArgumentException("losses must be finite, but losses[" + k + "] is " + losses[k]);
            }
        }
    }
}
