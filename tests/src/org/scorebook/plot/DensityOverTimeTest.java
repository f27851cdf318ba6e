package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.scorebook.ColourCount.pixels;
import static org.scorebook.Refusal.message;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A picture of 680 x 400 has its plot from 64 to 564 across and from 40 to 340 down. */
class DensityOverTimeTest {
    private static final Axis TIME = new Axis("t", 0, 1);
    private static final Axis VALUE = new Axis("x", -2, 2);

    private static DensityOverTime density(int columns) {
        return new DensityOverTime("t", TIME, VALUE, 4, columns);
    }

    private static Color at(BufferedImage image, double t, double x) {
        return new Color(image.getRGB((int) (2 * (64 + 500 * t)), (int) (2 * (40 + 300 * (2 - x) / 4))));
    }

    @Test
    void aColumnHasAreaOne() {
        Random random = new Random(1);
        float[] values = new float[1000];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (4 * random.nextDouble() - 2);
        }
        double[] heights = Histogram.of(values, -2, 2, 50).heights();
        assertEquals(1, Arrays.stream(heights).sum() * 4 / 50, 1e-9);
        values[0] = 7; // beyond the range: counts towards the total
        assertEquals(
                0.999, Arrays.stream(Histogram.of(values, -2, 2, 50).heights()).sum() * 4 / 50, 1e-9);
    }

    /** Particles at the top at time 0 and at the bottom at time 1; all in one of four bins, of height 1. */
    @Test
    void columnsLieAtTheirTimesInAnyOrder() {
        BufferedImage image = density(2)
                .add(1, new float[] {-1.5f})
                .add(0, new float[] {1.5f})
                .picture();
        assertEquals(Palette.viridis(1), at(image, 0.05, 1.9));
        assertEquals(Palette.viridis(0), at(image, 0.05, -1.9));
        assertEquals(Palette.viridis(0), at(image, 0.95, 1.9));
        assertEquals(Palette.viridis(1), at(image, 0.95, -1.9));
    }

    @Test
    void aLaterTimeInAColumnReplacesTheEarlier() {
        int[] once = pixels(density(2).add(0.4, new float[] {1}).picture());
        int[] twice = pixels(
                density(2).add(0.3, new float[] {-1}).add(0.4, new float[] {1}).picture());
        assertArrayEquals(once, twice);
    }

    @Test
    void columnsWithoutTimesShowTheNearest() {
        BufferedImage image = density(10)
                .add(0.05, new float[] {1.5f})
                .add(0.95, new float[] {-1.5f})
                .picture();
        assertEquals(Palette.viridis(1), at(image, 0.35, 1.9));
        assertEquals(Palette.viridis(1), at(image, 0.65, -1.9));
    }

    /** Equal values have equal colours, though the maps' own largest values differ; smaller maps are smaller. */
    @Test
    void mapsCanShareTheirScaleAndBeSmaller() {
        float[] spread = {-1.5f, -0.5f, 0.5f, 1.5f};
        HeatMap even = density(1).add(0.5, spread).map().range(0, 1);
        HeatMap peak = density(1).add(0.5, new float[] {1.5f}).map().range(0, 1);
        assertEquals(Palette.viridis(0.25), at(even.picture(), 0.5, 1.9));
        assertEquals(Palette.viridis(1), at(peak.picture(), 0.5, 1.9));
        BufferedImage small = even.size(480, 300).picture();
        assertEquals(960, small.getWidth());
        assertEquals(600, small.getHeight());
        assertEquals(Palette.viridis(0.25), new Color(small.getRGB(2 * 70, 2 * 230)));
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("when must be from 0.0 to 1.0, but is 1.5", message(() -> density(10)
                .add(1.5, new float[1])));
        assertEquals("when must be from 0.0 to 1.0, but is NaN", message(() -> density(10)
                .add(Double.NaN, new float[1])));
        assertEquals("values must contain at least one value, but is empty", message(() -> density(10)
                .add(0, new float[0])));
        assertEquals("values must be numbers, but value 1 is NaN", message(() -> density(10)
                .add(0, new float[] {1, Float.NaN})));
        assertEquals("bins and columns must be at least 1, but are 4 and 0", message(() -> density(0)));
        assertEquals(
                "newWidth and newHeight must be at least 260 and 160, but are 100 and 300",
                message(() -> density(1).add(0, new float[1]).map().size(100, 300)));
        assertThrows(IllegalStateException.class, () -> density(2).map());
    }
}
