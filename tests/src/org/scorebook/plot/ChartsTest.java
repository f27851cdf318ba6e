package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.ColourCount.count;
import static org.scorebook.Refusal.message;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.PieChart;
import org.knowm.xchart.PieChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

class ChartsTest {
    @Test
    void markersAloneAndOnALine() {
        double[] x = {1, 10, 100};
        double[] y = {3, 2, 1};
        XYChart alone = Charts.logarithmic(Charts.xy("t", "x", "y"));
        Charts.points(alone, "a", x, y);
        XYChart joined = Charts.logarithmic(Charts.xy("t", "x", "y"));
        Charts.markedLine(joined, "a", x, y);
        XYChart bare = Charts.logarithmic(Charts.xy("t", "x", "y"));
        Charts.line(bare, "a", x, y);
        long discs = count(Charts.picture(alone), Palette.BLUE);
        long line = count(Charts.picture(bare), Palette.BLUE);
        long both = count(Charts.picture(joined), Palette.BLUE);
        assertTrue(discs > 3 * 100 && discs < 2000, "three discs and the legend's, but " + discs);
        assertTrue(both > line && both > 3 * discs, "discs on a line: " + both + ", line: " + line);
        assertEquals(SeriesMarkers.CIRCLE, joined.getSeriesMap().get("a").getMarker());
    }

    /** A point more than is given may stand on the first only, on a logarithmic axis too. */
    @Test
    void linesHaveNoPointsBesideTheirs() {
        double[] x = {1, 2, 3, 4};
        double[] y = {0.001, 650, 2000, 2600};
        XYChart chart = Charts.logarithmicY(Charts.xy("t", "x", "y"));
        Charts.markedLine(chart, "a", x, y);
        double[] drawn = chart.getSeriesMap().get("a").getYData();
        assertArrayEquals(new double[] {0.001, 0.001, 650, 2000, 2600}, drawn, 2e-6);
    }

    @Test
    void whatCannotBeDrawnIsNamed() {
        XYChart chart = Charts.xy("losses", "step", "loss");
        assertEquals("the chart \"losses\" must have a series, but has none", message(() -> Charts.picture(chart)));
        double[] x = {1, 2, 3};
        assertEquals(
                "y of a must be finite, or NaN for a gap, but number 2 is Infinity",
                message(() -> Charts.line(chart, "a", x, new double[] {1, 2, Double.POSITIVE_INFINITY})));
        assertEquals(
                "x of a must be finite, but number 0 is NaN",
                message(() -> Charts.points(chart, "a", new double[] {Double.NaN}, new double[] {1})));
        assertEquals(
                "y of a must have a number, but has only NaN",
                message(() -> Charts.markedLine(chart, "a", new double[] {1}, new double[] {Double.NaN})));
        assertEquals(
                "x and y of a must have one length, at least 1, but have 3 and 0",
                message(() -> Charts.line(chart, "a", x, new double[0])));
        Charts.line(chart, "gap", x, new double[] {1, Double.NaN, 2});
        assertTrue(count(Charts.picture(chart), Palette.PAPER) > 0);
        Charts.line(chart, "b", x, new double[] {1, 2, 0});
        Charts.logarithmicY(chart);
        assertEquals(
                "y of b must be above 0 on a logarithmic axis, but number 2 is 0.0",
                message(() -> Charts.picture(chart)));
        XYChart others = Charts.logarithmic(Charts.xy("others", "x", "y"));
        others.addSeries("raw", new double[] {1, -2}, new double[] {1, 2});
        assertEquals(
                "x of raw must be above 0 on a logarithmic axis, but number 1 is -2.0",
                message(() -> Charts.picture(others)));
    }

    /** Series that XChart was given past {@link Charts#line}. */
    @Test
    void infiniteValuesOfOtherSeriesAreNamed() {
        double[] x = {1, 2, 3};
        double[] infinite = {1, Double.NEGATIVE_INFINITY, 3};
        XYChart chart = Charts.xy("t", "x", "y");
        chart.addSeries("good", x, x);
        chart.addSeries("raw", x, infinite);
        assertEquals(
                "y of raw must be finite, or NaN for a gap, but number 1 is -Infinity",
                message(() -> Charts.picture(chart)));
        XYChart wide = Charts.logarithmicY(Charts.xy("t", "x", "y"));
        wide.addSeries("bars", x, new double[] {3, 2, 1}, new double[] {1, 1, 2});
        assertEquals(
                "y less its error of bars must be above 0 on a logarithmic axis, but number 2 is -1.0",
                message(() -> Charts.picture(wide)));
        CategoryChart categories = new CategoryChartBuilder().title("t").build();
        categories.addSeries("counts", List.of("a", "b"), List.of(1, Double.POSITIVE_INFINITY));
        assertEquals("y of counts must be finite, but number 1 is Infinity", message(() -> Charts.picture(categories)));
        CategoryChart logarithmic = new CategoryChartBuilder().title("t").build();
        logarithmic.addSeries("counts", List.of("a", "b"), List.of(1, 0));
        logarithmic.getStyler().setYAxisLogarithmic(true);
        assertEquals(
                "y of counts must be above 0 on a logarithmic axis, but number 1 is 0.0",
                message(() -> Charts.picture(logarithmic)));
        PieChart pie = new PieChartBuilder().title("t").build();
        pie.addSeries("slice", -1);
        assertEquals(
                "the value of slice must be 0 or more and finite, but is -1.0", message(() -> Charts.picture(pie)));
    }

    @Test
    void aSecondSeriesOfOneNameIsNamed() {
        XYChart chart = Charts.xy("t", "x", "y");
        double[] x = {1, 2};
        Charts.line(chart, "a", x, x);
        assertEquals(
                "name must be new to the chart \"t\", but a is one of its series already",
                message(() -> Charts.points(chart, "a", x, x)));
    }

    @Test
    void lossesAreSmoothedOverTheLastTenthOfTheSteps() {
        double[] losses = new double[40];
        Arrays.setAll(losses, k -> k + 1);
        double[] smooth = LossCurve.smooth(losses);
        assertEquals(1, smooth[0]);
        assertEquals(19, smooth[18]);
        assertEquals((19 + 20) / 2.0, smooth[19], 1e-12);
        assertEquals((37 + 38 + 39 + 40) / 4.0, smooth[39], 1e-12);
    }

    @Test
    void lossCurvesShowBothCurves() {
        float[] losses = new float[2000];
        for (int k = 0; k < losses.length; k++) {
            losses[k] = (float) ((0.3 + 1.0 / (k + 1)) * (k % 2 == 0 ? 1.3 : 0.7));
        }
        XYChart chart = Charts.lossCurve("t", losses);
        assertEquals(
                List.of("each step", "mean over the last tenth of the steps so far"),
                List.copyOf(chart.getSeriesMap().keySet()));
        BufferedImage image = Charts.picture(chart);
        assertTrue(count(image, Palette.BLUE) > 1000);
        assertTrue(count(image, new Color(0xA9CFE8)) > 1000);
        assertTrue(chart.getStyler().isXAxisLogarithmic());
        assertFalse(chart.getStyler().isYAxisLogarithmic(), "between 0.2 and 1.7 is one power of ten only");
        assertEquals(0, chart.getStyler().getYAxisMin(), 1e-12);
    }

    @Test
    void lossCurvesOfSomeStepsAreAtTheseSteps() {
        XYChart chart = Charts.lossCurve("t", new double[] {20, 40}, new double[] {0.5, 0.5});
        assertEquals(40, chart.getSeriesMap().get("as logged").getXMax());
        assertTrue(count(Charts.picture(chart), Palette.BLUE) > 100);
        assertThrows(
                IllegalArgumentException.class, () -> Charts.lossCurve("t", new double[] {1}, new double[] {1, 2}));
    }

    /** An energy's swing around 0: none may be left out. */
    @Test
    void lossesThatAreNotPositiveHaveLinearAxes() {
        double[] losses = {0.5, -2, 0, 1};
        XYChart chart = Charts.lossCurve("t", losses);
        assertFalse(chart.getStyler().isYAxisLogarithmic());
        assertFalse(chart.getStyler().isXAxisLogarithmic());
        double[] drawn = chart.getSeriesMap().get("each step").getYData();
        assertArrayEquals(losses, Arrays.copyOfRange(drawn, 1, 5), 0.01);
        assertTrue(Charts.lossCurve("t", new double[] {2, 0.05}).getStyler().isYAxisLogarithmic());
        assertTrue(count(Charts.picture(chart), Palette.BLUE) > 1000);
    }

    @Test
    void badLossesAreNamed() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertEquals(
                    "losses must be finite, but losses[2] is " + bad,
                    message(() -> Charts.lossCurve("t", new double[] {1, 1, bad})));
        }
        assertThrows(IllegalArgumentException.class, () -> Charts.lossCurve("t", new double[0]));
        Charts.picture(Charts.lossCurve("one", new double[] {1}));
    }

    @Test
    void theTrueDensityLiesOverTheHistogram() {
        XYChart chart =
                Charts.histogramWithDensity("t", "x", new float[] {0.1f, 0.6f, 0.7f, 0.9f}, x -> 2 * x, 0, 1, 2);
        assertEquals(
                List.of("histogram of 4 values", "true density"),
                List.copyOf(chart.getSeriesMap().keySet()));
        double[] tops = chart.getSeriesMap().get("histogram of 4 values").getYData();
        assertArrayEquals(new double[] {0.5, 0.5, 1.5, 1.5}, new double[] {tops[0], tops[2], tops[3], tops[4]}, 1e-12);
        BufferedImage image = Charts.picture(chart);
        assertTrue(count(image, Palette.ORANGE) > 500);
        assertTrue(count(image, new Color(0xCFE4F2)) > 50_000);
    }

    @Test
    void longTitlesGetSmallerLetters() {
        assertEquals(
                15, Charts.xy("short", "x", "y").getStyler().getChartTitleFont().getSize());
        String title = "A title of many words that says more than a title ought to say about a chart";
        XYChart chart = Charts.xy(title, "x", "y", 480, 300);
        Charts.line(chart, "a", new double[] {0, 1}, new double[] {0, 1});
        BufferedImage image = Charts.picture(chart);
        for (int y = 0; y < 60; y++) {
            assertEquals(Color.WHITE.getRGB(), image.getRGB(2, y));
            assertEquals(Color.WHITE.getRGB(), image.getRGB(image.getWidth() - 3, y));
        }
    }

    /** The letters of both names are as tall where they stand on one line: x and the bowl of p begin in one row. */
    @Test
    void namesOfALegendStandOnOneLine() {
        XYChart chart = Charts.xy("t", "", "");
        Charts.line(chart, "xxxxxxxx", new double[] {0, 1}, new double[] {0, 1});
        Charts.line(chart, "pxxxxxxp", new double[] {0, 1}, new double[] {1, 0});
        BufferedImage picture = Charts.picture(chart);
        int half = picture.getWidth() / 2;
        assertEquals(firstInk(picture, 0, half), firstInk(picture, half, picture.getWidth()));
        assertEquals(380, chart.getHeight(), "the chart keeps its size");
    }

    /** From above, in the legend's part of a picture of 380. */
    private static int firstInk(BufferedImage picture, int from, int to) {
        for (int y = 2 * 350; y < picture.getHeight(); y++) {
            for (int x = from; x < to; x++) {
                Color colour = new Color(picture.getRGB(x, y));
                if (colour.getRed() < 100 && colour.getBlue() < 100 && colour.getGreen() < 100) {
                    return y;
                }
            }
        }
        throw new AssertionError("no name");
    }

    @Test
    void aLegendBreaksBeforeItLeavesThePicture() {
        XYChart chart = Charts.xy("t", "x", "y");
        for (int k = 0; k < 12; k++) {
            Charts.line(chart, "a name of some length " + k, new double[] {0, 1}, new double[] {k, k});
        }
        BufferedImage picture = Charts.picture(chart);
        for (int y = 0; y < picture.getHeight(); y++) {
            assertEquals(Palette.PAPER.getRGB(), picture.getRGB(2, y));
            assertEquals(Palette.PAPER.getRGB(), picture.getRGB(picture.getWidth() - 3, y));
        }
    }

    /** A decade has nine grid lines, or one where there are many decades. */
    @Test
    void logarithmicChartsHaveMinorGridLinesWhereThereIsRoom() {
        assertTrue(lines(1, 100) >= 19, "lines: " + lines(1, 100));
        assertTrue(lines(1e-10, 1) >= 11 && lines(1e-10, 1) <= 13, "lines: " + lines(1e-10, 1));
    }

    /** What a column of pixels crosses: the grid's lines, the series and the axis. */
    private static long lines(double from, double to) {
        XYChart chart = Charts.logarithmicY(Charts.xy("t", "x", "y"));
        Charts.line(chart, "a", new double[] {0, 1}, new double[] {from, to});
        BufferedImage picture = Charts.picture(chart);
        return IntStream.range(1, picture.getHeight() * 4 / 5)
                .filter(y -> picture.getRGB(1111, y) != Palette.PAPER.getRGB())
                .filter(y -> picture.getRGB(1111, y - 1) == Palette.PAPER.getRGB())
                .count();
    }

    @Test
    void aLineInAColourUsedBeforeIsDashed() {
        XYChart chart = Charts.xy("t", "x", "y");
        for (int k = 0; k < 7; k++) {
            Charts.line(chart, "line " + k, new double[] {0, 1}, new double[] {k, k});
        }
        assertNull(chart.getSeriesMap().get("line 5").getLineStyle().getDashArray());
        assertNotNull(chart.getSeriesMap().get("line 6").getLineStyle().getDashArray());
    }
}
