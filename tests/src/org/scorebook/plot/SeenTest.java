package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/** What pictures say to those who cannot see them. */
class SeenTest {
    private static final Axis X = new Axis("x_1", -6, 6);
    private static final Axis Y = new Axis("x_2", -1.5, 6);

    @Test
    void chartsNameTheirAxesAndSeries() {
        XYChart chart = Charts.xy("Losses", "step", "loss");
        Charts.line(chart, "mine", new double[] {1, 2}, new double[] {1, 0.5});
        Charts.points(chart, "measured", new double[] {1, 2}, new double[] {1, 0.5});
        Charts.markedLine(chart, "yours", new double[] {1, 2}, new double[] {1, 0.5});
        assertEquals(
                "Losses. Chart of loss (logarithmic) against step, with lines mine; yours, and points measured",
                Picture.description(Charts.picture(Charts.logarithmicY(chart))));
        Chart<?, ?> density = Charts.histogramWithDensity("", "x", new float[] {0.5f}, x -> 1, 0, 1, 2);
        assertEquals(
                "Chart of density against x, with filled histogram of 1 values, and lines true density",
                Picture.description(Charts.picture(density)));
        var bars = new CategoryChartBuilder()
                .xAxisTitle("sampler")
                .yAxisTitle("FID")
                .build();
        bars.addSeries("FID", List.of("a", "b"), List.of(1, 2));
        assertEquals("Bar chart of FID by sampler: FID", Picture.description(Charts.picture(bars)));
    }

    @Test
    void planesNameTheirAxesAndWhatIsOnThem() {
        Plane plane = new Plane("Chains", X, Y)
                .density((x, y) -> x + y)
                .points(new float[][] {{1, 2}}, Color.RED)
                .points(new float[][] {{1, 3}}, Color.BLUE);
        String seen = "Plane of x_1 from -6 to 6 and x_2 from -1.5 to 6, with a density as colours, points";
        assertEquals("Chains. " + seen, Picture.description(plane.picture()));
        assertEquals(
                "Levels. One row of 2 pictures, each: " + seen + "; captions t = 0; t = 1",
                Picture.description(Strip.ofPlanes("Levels", List.of("t = 0", "t = 1"), List.of(plane, plane))
                        .picture()));
        HeatMap map = new HeatMap("Over time", "density", X, Y, new double[][] {{1, 2}, {3, 4}});
        map.line(new double[] {0, 1}, new double[] {0, 1});
        assertEquals(
                "Over time. Heat map of density over x_1 from -6 to 6 and x_2 from -1.5 to 6, with a line",
                Picture.description(map.picture()));
    }

    @Test
    void gridsCountTheirRows() {
        BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        assertEquals("One row of 2 images", Picture.description(ImageGrid.of(List.of(pixel, pixel), 3, 1)));
        BufferedImage grid = ImageGrid.of(List.of(pixel, pixel, pixel), 2, 1);
        assertEquals("2 rows of 2 images", Picture.description(grid));
        assertEquals("A class a row. 2 rows of 2 images", Picture.description(Picture.titled("A class a row", grid)));
        assertEquals(
                "One row of 2 pictures, each: 2 rows of 2 images",
                Picture.description(Picture.grid(2, List.of(grid, grid))));
        BufferedImage read = Picture.titled("From a file", pixel);
        assertEquals("From a file", Picture.description(read));
        assertEquals(1, Picture.pixelRatio(read));
        assertSame(pixel.getRaster(), read.getRaster());
    }
}
