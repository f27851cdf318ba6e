package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    private static final Axis UNIT = new Axis("x", 0, 1);

    @Test
    void ticksAreRoundNumbersWithinTheAxis() {
        assertEquals(List.of(0.0, 50.0, 100.0, 150.0, 200.0, 250.0), new Axis("t", 0, 250).ticks(5));
        assertEquals(List.of(-8.0, -6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0), new Axis("x", -8, 8).ticks(8));
        assertEquals(List.of("0", "0.1", "0.2", "0.3"), labels(new Axis("p", -0.01, 0.39)));
        assertEquals(List.of("1e-10", "1.5e-10", "2e-10"), labels(new Axis("p", 0.8e-10, 2.3e-10)));
        assertEquals(
                List.of("100", "200"),
                labels(new Axis("p", 60, 240)).stream()
                        .filter(l -> !l.contains("5"))
                        .toList());
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks(4).stream().map(Axis::label).toList();
    }

    /** The value at the upper right is the largest: yellow; the one at the lower left the least: violet. */
    @Test
    void cellsLieWhereTheirIndicesSay() {
        double[][] values = new double[50][30];
        for (int i = 0; i < 50; i++) {
            for (int j = 0; j < 30; j++) {
                values[i][j] = i + j;
            }
        }
        BufferedImage image = new HeatMap("t", "v", UNIT, UNIT, values).picture();
        assertEquals(Palette.viridis(0), new Color(image.getRGB(2 * 66, 2 * 338)));
        assertEquals(Palette.viridis(1), new Color(image.getRGB(2 * 562, 2 * 42)));
        Color upperLeft = new Color(image.getRGB(2 * 66, 2 * 42));
        assertTrue(upperLeft.getRed() < 80 && upperLeft.getBlue() > 100, "29 of 78: blue, but is " + upperLeft);
    }

    @Test
    void linesAreDrawnOverTheColoursAndClippedToThePlot() {
        BufferedImage image = new HeatMap("t", "v", UNIT, UNIT, new double[10][10])
                .line(new double[] {-1, 2}, new double[] {0.5, 0.5})
                .picture();
        assertTrue(new Color(image.getRGB(2 * 300, 2 * 190)).getGreen() > 150, "a white line in the middle");
        assertEquals(Palette.PAPER, new Color(image.getRGB(2 * 20, 2 * 190)), "nothing outside the plot");
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "from must be below to, and both finite, but they are 1.0 and 1.0", message(() -> new Axis("x", 1, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HeatMap("t", "v", UNIT, UNIT, new double[][] {{1, Double.NaN}}));
        HeatMap map = new HeatMap("t", "v", UNIT, UNIT, new double[2][2]);
        assertThrows(IllegalArgumentException.class, () -> map.line(new double[1], new double[2]));
    }

    @Test
    void gridPutsPicturesInRows() {
        BufferedImage red = Picture.draw(10, 8, g -> {
            g.setColor(Color.RED);
            g.fillRect(0, 0, 10, 8);
        });
        BufferedImage white = Picture.draw(10, 8, g -> {});
        BufferedImage grid = Picture.grid(2, List.of(white, red, red));
        assertEquals(40, grid.getWidth());
        assertEquals(32, grid.getHeight());
        assertEquals(Color.WHITE.getRGB(), grid.getRGB(5, 5));
        assertEquals(Color.RED.getRGB(), grid.getRGB(30, 5));
        assertEquals(Color.RED.getRGB(), grid.getRGB(5, 25));
        assertEquals(Color.WHITE.getRGB(), grid.getRGB(30, 25));
    }
}
