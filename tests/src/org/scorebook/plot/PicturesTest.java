package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.ColourCount.pixels;
import static org.scorebook.Refusal.message;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class PicturesTest {
    @Test
    void picturesHaveTwiceThePixelsAndSaySo() {
        BufferedImage image = Picture.draw(30, 20, g -> {
            g.setColor(Color.RED);
            g.fillRect(10, 5, 10, 10);
        });
        assertEquals(60, image.getWidth());
        assertEquals(40, image.getHeight());
        assertEquals(2, Picture.pixelRatio(image));
        assertEquals(Color.RED.getRGB(), image.getRGB(20, 10));
        assertEquals(Color.RED.getRGB(), image.getRGB(39, 29));
        assertEquals(Color.WHITE.getRGB(), image.getRGB(40, 30));
        assertEquals(1, Picture.pixelRatio(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB)));
    }

    @Test
    void whatIsDrawnOnAPictureAsItsTitleGoesWithIt() {
        XYChart losses = Charts.xy("Loss < 1", "step", "loss");
        Charts.line(losses, "loss", new double[] {1, 2}, new double[] {1, 0.5});
        BufferedImage chart = Charts.picture(losses);
        assertEquals("Loss < 1", Picture.title(chart));
        assertEquals("Loss < 1", Picture.title(Picture.grid(2, List.of(chart, chart))));
        assertEquals("", Picture.title(Picture.draw(3, 2, g -> {})));
        assertEquals("", Picture.title(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB)));
    }

    /** A column is as wide as its widest picture, and a row as high as its highest. */
    @Test
    void picturesSideBySideKeepTheirSizes() {
        BufferedImage wide = Picture.draw(30, 10, g -> g.fillRect(0, 0, 30, 10));
        BufferedImage high = Picture.draw(8, 20, g -> g.fillRect(0, 0, 8, 20));
        BufferedImage grid = Picture.grid(2, List.of(wide, high, high));
        assertEquals(2 * 38, grid.getWidth());
        assertEquals(2 * 40, grid.getHeight());
        assertEquals(Palette.INK.getRGB(), grid.getRGB(2 * 37, 2 * 19), "the second, whole");
        assertEquals(Palette.PAPER.getRGB(), grid.getRGB(2 * 10, 2 * 15), "below the first");
        assertEquals(Palette.INK.getRGB(), grid.getRGB(2 * 7, 2 * 39), "the third, in the next row");
        assertEquals(Palette.PAPER.getRGB(), grid.getRGB(2 * 10, 2 * 30), "beside it");
    }

    @Test
    void pngComesBackPixelForPixel() throws IOException {
        BufferedImage image = Picture.draw(64, 48, g -> g.drawString("score", 5, 20));
        BufferedImage back = ImageIO.read(new ByteArrayInputStream(Picture.png(image)));
        assertArrayEquals(pixels(image), pixels(back));
    }

    @Test
    void histogramHasAreaOneOverAllValues() {
        XYChart chart = Charts.xy("h", "x", "p(x)");
        Charts.histogram(chart, "values", new float[] {0.1f, 0.1f, 0.6f, 7}, 0, 1, 4);
        XYSeries series = chart.getSeriesMap().get("values");
        assertArrayEquals(new double[] {2, 2, 0, 0, 1, 1, 0, 0}, drawn(series.getYData()), 1e-12);
        assertArrayEquals(new double[] {0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1}, drawn(series.getXData()), 1e-12);
    }

    /** Without the point close behind its first, which each line has. */
    private static double[] drawn(double[] data) {
        assertEquals(data[0] + (data[2] - data[0]) / 1000, data[1]);
        double[] drawn = Arrays.copyOfRange(data, 1, data.length);
        drawn[0] = data[0];
        return drawn;
    }

    @Test
    void chartsAreDrawnInTheirSeriesColours() {
        XYChart chart = Charts.xy("t", "x", "y");
        Charts.line(chart, "a", new double[] {0, 1}, new double[] {0, 1});
        BufferedImage image = Charts.picture(chart);
        assertEquals(2 * chart.getWidth(), image.getWidth());
        assertTrue(Arrays.stream(pixels(image))
                        .filter(p -> p == Palette.BLUE.getRGB())
                        .count()
                > 500);
    }

    @Test
    void linesNeedPoints() {
        XYChart chart = Charts.xy("t", "x", "y");
        assertEquals(
                "x and y of a must have one length, at least 1, but have 0 and 0",
                message(() -> Charts.line(chart, "a", new double[0], new double[0])));
    }
}
