package org.scorebook.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.ColourCount.pixels;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

/** A picture of 330 CSS pixels has its plot from 60 to 314 across and from 40 to 294 down. */
class PlaneTest {
    private static final Axis X = new Axis("x", -3, 3);
    private static final Axis Y = new Axis("y", -3, 3);

    @Seeded(1)
    private NDManager manager;

    private static Plane plane() {
        return new Plane("t", X, Y);
    }

    /** The colour at a point of the plane. */
    private static Color at(BufferedImage image, double x, double y) {
        int px = (int) Math.round(2 * (60 + (x + 3) / 6 * 254));
        int py = (int) Math.round(2 * (40 + (3 - y) / 6 * 254));
        return new Color(image.getRGB(px, py));
    }

    /** How many pixels in a rectangle of the image are not white. */
    private static long inked(BufferedImage image, int x, int y, int width, int height) {
        return IntStream.of(image.getRGB(x, y, width, height, null, 0, width))
                .filter(p -> p != Color.WHITE.getRGB())
                .count();
    }

    @Test
    void pointsAreDrawnWhereTheyLie() {
        BufferedImage image =
                plane().points(new float[][] {{2, 1}}, Palette.BLUE).picture();
        assertEquals(660, image.getWidth());
        assertEquals(2 * 344, image.getHeight());
        Color dot = at(image, 2, 1);
        assertTrue(dot.getRed() < 80 && dot.getBlue() > 150, "blue, but is " + dot);
        for (double[] elsewhere : new double[][] {{1, 2}, {-2, 1}, {2, -1}, {2.2, 1}, {2, 1.2}}) {
            assertEquals(Color.WHITE, at(image, elsewhere[0], elsewhere[1]));
        }
    }

    @Test
    void arraysDrawAsRowsDo() {
        NDArray array = manager.create(new double[][] {{2, 1}, {-1, 0.5}});
        BufferedImage fromArray = plane().points(array, Palette.BLUE).picture();
        BufferedImage fromRows =
                plane().points(new float[][] {{2, 1}, {-1, 0.5f}}, Palette.BLUE).picture();
        assertArrayEquals(pixels(fromRows), pixels(fromArray));
        assertEquals(2, array.getShape().get(0), "the array stays open");
    }

    @Test
    void whatLiesBeyondTheAxesIsNotDrawn() {
        BufferedImage empty = plane().picture();
        BufferedImage beyond = plane().points(new float[][] {{3.1f, 0}, {0, 1e30f}, {-40, -3.01f}}, Palette.BLUE)
                .picture();
        assertArrayEquals(pixels(empty), pixels(beyond));
        BufferedImage path = plane().paths(new double[][][] {{{0, 0}, {5, 0}}}, Palette.ORANGE)
                .picture();
        assertTrue(at(path, 2.9, 0).getBlue() < 150, "up to the frame");
        assertEquals(Color.WHITE.getRGB(), path.getRGB(2 * 320, 2 * 167), "not beyond");
    }

    @Test
    void bothAxesHaveOneScale() {
        float[][] square = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
        BufferedImage wide = new Plane("", new Axis("x", -4, 4), new Axis("y", -2, 2))
                .paths(Collections.singletonList(square), Color.RED)
                .picture();
        assertEquals(2 * (40 + 127 + 50), wide.getHeight());
        List<Integer> xs = new ArrayList<>();
        List<Integer> ys = new ArrayList<>();
        for (int y = 82; y < 332; y++) {
            for (int x = 122; x < 626; x++) {
                if (new Color(wide.getRGB(x, y)).getGreen() < 150) {
                    xs.add(x);
                    ys.add(y);
                }
            }
        }
        int width = xs.stream().max(Integer::compare).orElseThrow()
                - xs.stream().min(Integer::compare).orElseThrow();
        int height = ys.stream().max(Integer::compare).orElseThrow()
                - ys.stream().min(Integer::compare).orElseThrow();
        assertEquals(width, height, 1);
        assertEquals(2 * 254 / 4, width, 12, "two units of eight, and half a dot at each side");
    }

    /** One function of the coordinates, given in three ways: brightest at the upper right. */
    @Test
    void densitiesHaveXToTheRightAndYUp() {
        double[][] values = new double[60][60];
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                values[i][j] = 2 * i + j;
            }
        }
        List<Plane> planes = List.of(
                plane().density(values),
                plane().density((x, y) -> 2 * x + y),
                plane().density(p -> p.get(":,0").mul(2).add(p.get(":,1")), manager),
                plane().density(p -> p.get(":,0:1").mul(2).add(p.get(":,1:2")), manager));
        for (Plane each : planes) {
            BufferedImage image = each.picture();
            assertNear(Palette.viridis(0.01), at(image, -2.95, -2.95));
            assertNear(Palette.viridis(0.66), at(image, 2.95, -2.95));
            assertNear(Palette.viridis(0.34), at(image, -2.95, 2.95));
            assertNear(Palette.viridis(0.99), at(image, 2.95, 2.95));
        }
    }

    @Test
    void aSharedRangeGivesEqualColoursForEqualValues() {
        BufferedImage one = plane().density((x, y) -> x < 0 ? 1 : 3).range(0, 4).picture();
        BufferedImage other =
                plane().density((x, y) -> x < 0 ? 0 : 1).range(0, 4).picture();
        assertEquals(at(one, -1, 0), at(other, 1, 0));
        assertNear(Palette.viridis(0.25), at(one, -1, 0));
    }

    /** Half an arrow's ink lies in its head, so that an arrow has more ink ahead of its middle than behind it. */
    @Test
    void arrowsPointAlongTheField() {
        assertArrayEquals(new int[] {1, 0}, heaviestSide(1, 0));
        assertArrayEquals(new int[] {-1, 0}, heaviestSide(-1, 0));
        assertArrayEquals(new int[] {0, 1}, heaviestSide(0, 1));
        assertArrayEquals(new int[] {0, -1}, heaviestSide(0, -1));
    }

    private int[] heaviestSide(float u, float v) {
        BufferedImage image = plane().arrows(
                        p -> p.zerosLike().add(manager.create(new float[] {u, v})),
                        manager,
                        3,
                        ArrowLength.PROPORTIONAL)
                .picture();
        int x = 2 * (60 + 127); // the middle arrow; its cell is 169 pixels wide
        int y = 2 * (40 + 127);
        long right = inked(image, x + 40, y - 60, 44, 120);
        long left = inked(image, x - 84, y - 60, 44, 120);
        long up = inked(image, x - 60, y - 84, 120, 44);
        long down = inked(image, x - 60, y + 40, 120, 44);
        return new int[] {Long.compare(right, left), Long.compare(up, down)};
    }

    @Test
    void arrowsAreAsLongAsTheirScaleSays() {
        assertEquals(0.01, ArrowLength.PROPORTIONAL.share(0.1, 10), 1e-12);
        assertEquals(0.1, ArrowLength.SQUARE_ROOT.share(0.1, 10), 1e-12);
        assertEquals(1, ArrowLength.EQUAL.share(0.1, 10));
        for (ArrowLength each : ArrowLength.values()) {
            assertEquals(0, each.share(0, 10));
            assertEquals(1, each.share(10, 10));
        }
        plane().arrows(NDArray::zerosLike, manager).picture(); // no longest arrow
    }

    @Test
    void arraysOfAFieldAreClosed() {
        List<NDArray> made = new ArrayList<>();
        plane().arrows(
                        p -> {
                            made.add(p);
                            made.add(p.mul(-1));
                            return made.get(1);
                        },
                        manager);
        assertEquals(2, made.size());
        made.forEach(array -> assertThrows(IllegalStateException.class, array::toFloatArray));
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("points must have rows of 2 coordinates, but row 1 has 3", message(() -> plane().points(
                        new float[][] {{1, 2}, {1, 2, 3}}, Palette.BLUE)));
        assertEquals("points must be finite, but row 0 is (NaN, 2.0)", message(() -> plane().points(
                        new float[][] {{Float.NaN, 2}}, Palette.BLUE)));
        assertEquals("points must have shape (n, 2), but have (3)", message(() -> plane().points(
                        manager.create(new float[3]), Palette.BLUE)));
        assertEquals("paths must be finite, but step 1 of path 0 is (0.0, Infinity)", message(() -> plane().paths(
                        new double[][][] {{{0, 0}, {0, 1e60}}}, Palette.BLUE)));
        assertEquals(
                "the function must return an array of shape (9, 2) for points of shape (9, 2), but returned (2, 9)",
                message(() -> plane().arrows(NDArray::transpose, manager, 3, ArrowLength.EQUAL)));
        assertEquals(
                "the function must be finite on the whole plane, but is NaN at (-2.0, -2.0)",
                message(() -> plane().arrows(p -> p.log(), manager, 3, ArrowLength.EQUAL)));
        assertEquals("across must be from 2 to 60, but is 1", message(() -> plane().arrows(
                        p -> p, manager, 1, ArrowLength.EQUAL)));
        assertEquals("width must be at least 160, but is 20", message(() -> plane().size(20)));
        assertEquals("low must be below high, and both finite, but they are 1.0 and 0.0", message(() -> plane().range(
                        1, 0)));
        assertEquals(
                "vertical must span from a quarter to four times what horizontal spans, since both have one scale,"
                        + " but spans 5.0 times as much",
                message(() -> new Plane("t", new Axis("x", 0, 1), new Axis("y", 0, 5))));
    }

    private static void assertNear(Color expected, Color actual) {
        int distance = Math.abs(expected.getRed() - actual.getRed())
                + Math.abs(expected.getGreen() - actual.getGreen())
                + Math.abs(expected.getBlue() - actual.getBlue());
        assertTrue(distance <= 12, expected + " was expected, but the colour is " + actual);
    }

    /** Yellow above, violet below, to the right of a plot that keeps its size. */
    @Test
    void aColourBarStandsBesideThePlot() {
        Plane plane = new Plane("t", new Axis("x", -1, 1), new Axis("y", -1, 1));
        assertEquals(
                "a colour bar must have a density or a range before it, but has neither",
                message(() -> plane.colourBar("p")));
        BufferedImage without = plane.density((x, y) -> x).picture();
        BufferedImage with = plane.colourBar("p").picture();
        assertEquals(without.getWidth() + 2 * 92, with.getWidth());
        assertEquals(without.getHeight(), with.getHeight());
        int x = without.getWidth() + 2 * (18 + 7 - 16);
        assertEquals(0xFFFDE725, with.getRGB(x, 2 * 40));
        assertEquals(0xFF440154, with.getRGB(x, with.getHeight() - 2 * 50 - 1));
    }
}
