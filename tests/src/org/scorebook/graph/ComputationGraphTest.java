package org.scorebook.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.ColourCount.count;
import static org.scorebook.Refusal.message;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scorebook.plot.Palette;
import org.scorebook.plot.Picture;

class ComputationGraphTest {
    @Test
    void trackingFollowsTheLeavesAndEndsAtDetach() {
        ComputationGraph graph = new ComputationGraph("t")
                .leaf("x", "1", true)
                .leaf("c", "2", false)
                .operation("cc", "c²", "4", "c")
                .operation("y", "xc²", "4", "x", "cc")
                .detached("z", "z", "4", "y")
                .operation("v", "2z", "8", "z")
                .operation("w", "z + x", "5", "z", "x");
        assertFalse(graph.find("cc").tracked());
        assertTrue(graph.find("y").tracked());
        assertFalse(graph.find("z").tracked());
        assertFalse(graph.find("v").tracked());
        assertTrue(graph.find("w").tracked());
    }

    @Test
    void wrongNamesAreRefused() {
        ComputationGraph graph = new ComputationGraph("t").leaf("x", "1", true).leaf("u", "1", true);
        assertEquals("name must be one of [x, u], but is q", message(() -> graph.operation("y", "y", "1", "q")));
        assertThrows(IllegalArgumentException.class, () -> graph.leaf("x", "2", false));
        graph.operation("y", "y", "1", "x");
        assertEquals("u must be an input of y, whose inputs are [x]", message(() -> graph.derivative("u", "y", "1")));
    }

    /** The paper behind a derivative's text may lie over the arrow, but not over its head. */
    @Test
    void aLongDerivativeLeavesTheArrowsHead() {
        assertEquals(blueAboveTheArrow("1"), blueAboveTheArrow("1 − u² = 0.420, and more"));
    }

    /** Blue pixels in a row that crosses both boxes, and the arrow's head but not its line. */
    private static long blueAboveTheArrow(String derivative) {
        BufferedImage image = new ComputationGraph("t")
                .leaf("x", "1", true)
                .operation("y", "y", "1", "x")
                .derivative("x", "y", derivative)
                .picture();
        return IntStream.range(0, image.getWidth())
                .filter(x -> image.getRGB(x, 135) == Palette.BLUE.getRGB())
                .count();
    }

    @Test
    void pictureShowsTrackedUntrackedAndDerivatives() {
        BufferedImage image = new ComputationGraph(
                        "A title that is much wider than the two nodes of the graph below it")
                .leaf("x", "1", true)
                .operation("y", "y", "1", "x")
                .derivative("x", "y", "1")
                .detached("z", "z", "1", "y")
                .picture();
        assertTrue(count(image, Palette.BLUE) > 200, "tracked nodes are blue");
        assertTrue(count(image, Palette.GREY) > 100, "untracked ones grey");
        assertTrue(count(image, Palette.ORANGE) > 50, "derivatives and cuts orange");
        for (int y = 0; y < image.getHeight(); y++) {
            assertEquals(
                    Palette.PAPER.getRGB(), image.getRGB(image.getWidth() - 1, y), "nothing is cut off at the right");
        }
    }

    @Test
    void graphsTellWhatIsMadeFromWhat() {
        ComputationGraph graph = new ComputationGraph("What is y?")
                .leaf("x", "2", true)
                .leaf("c", "3", false)
                .operation("square", "x²", "4", "x")
                .operation("y", "y = x² c", "12", "square", "c")
                .gradient("x", "12");
        assertEquals(
                "What is y? Computation graph: leaf x, value 2, gradient 12; leaf c, value 3, not tracked;"
                        + " x², value 4, from x; y = x² c, value 12, from x² and c",
                Picture.description(graph.picture()));
    }
}
