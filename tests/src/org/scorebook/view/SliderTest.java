package org.scorebook.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.ColourCount.pixels;
import static org.scorebook.Printed.printed;
import static org.scorebook.Refusal.message;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.scorebook.plot.Axis;
import org.scorebook.plot.Palette;
import org.scorebook.plot.Picture;
import org.scorebook.plot.Plane;

class SliderTest {
    private static final double[] TIMES = {0, 0.25, 1 / 3.0, 1000};

    private static List<String> all(String regex, String html) {
        return Pattern.compile(regex)
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static BufferedImage noise(int seed) {
        Random random = new Random(seed);
        return Picture.draw(
                "noise " + seed, "Dots", 40, 30, g -> IntStream.range(0, 1200).forEach(k -> {
                    g.setColor(Palette.SERIES.get(random.nextInt(6)));
                    g.fillRect(k % 40, k / 40, 1, 1);
                }));
    }

    @Test
    void aPageHasAllFramesPixelForPixelAndShowsThree() throws IOException {
        String html = new SliderHtml(Slider.over("t", TIMES, t -> noise((int) (3 * t)))).html();
        List<String> figures = all("<figure.*?</figure>", html);
        assertEquals(4, figures.size());
        assertEquals(3, all("<figure class=\"still\"", html).size());
        assertTrue(figures.get(1).startsWith("<figure hidden>"), "first, middle and last are shown");
        for (int k = 0; k < 4; k++) {
            String base64 = figures.get(k).replaceAll("(?s).*base64,([^\"]*)\".*", "$1");
            BufferedImage read =
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
            assertArrayEquals(pixels(noise((int) (3 * TIMES[k]))), pixels(read));
        }
    }

    @Test
    void eachFrameSaysWhatIsSeenAndTheSliderItsValues() {
        Slider slider = Slider.over("t", TIMES, t -> noise(1)).title("Steps < 5");
        String html = new SliderHtml(slider).html();
        assertTrue(html.contains("alt=\"Steps &lt; 5. t = 0.333. noise 1. Dots\" "), html.substring(0, 300));
        assertTrue(
                html.contains(
                        "data-sliders=\"[[&quot;t&quot;,&quot;0&quot;,&quot;0.25&quot;,&quot;0.333&quot;,&quot;1000&quot;]]\""));
        assertTrue(html.contains("<figcaption>t = 1000</figcaption>"));
        assertEquals(1, all("<script>", html).size());
        assertEquals(1, all("</", html.substring(html.indexOf("<script>"))).size(), "the script ends where it should");
        assertEquals(
                "Pictures by t, 4 in all. The first: Steps < 5. t = 0. noise 1. Dots\n",
                printed(() -> Notebook.slider(slider)));
    }

    /** The last quantity changes first; the corners of both ranges are shown. */
    @Test
    void twoQuantitiesHaveAFrameForEachPair() {
        double[] steps = {10, 20, 50};
        Slider slider = Slider.over(
                "eta",
                new double[] {0, 1},
                "steps",
                steps,
                (eta, n) -> Picture.titled(eta + " " + n, Picture.draw(8, 8, g -> {})));
        assertEquals("eta = 0, steps = 50. 0.0 50.0", slider.description(2));
        assertEquals("eta = 1, steps = 20. 1.0 20.0", slider.description(4));
        assertEquals(List.of(0, 2, 3, 5), slider.stills());
    }

    /** Twelve planes with a density, and twelve that points make large, which are stored with a quarter of their pixels. */
    @Test
    void aDozenFramesFitANotebook() {
        double[] times = IntStream.range(0, 12).mapToDouble(k -> k / 11.0).toArray();
        float[][] points = new float[500][2];
        Random random = new Random(1);
        for (float[] point : points) {
            point[0] = (float) random.nextGaussian();
            point[1] = (float) random.nextGaussian();
        }
        for (boolean dotted : new boolean[] {false, true}) {
            Slider slider = Slider.over("t", times, t -> {
                Plane plane = new Plane("noised", new Axis("x", -3, 3), new Axis("y", -3, 3))
                        .density((x, y) -> Math.exp(-(x * x + 2 * y * y) / (1 + t)));
                return (dotted ? plane.points(points, Palette.PAPER) : plane).picture();
            });
            int size = new SliderHtml(slider).html().length();
            assertTrue(size < 400_000, "characters: " + size);
        }
    }

    @Test
    void framesThatNoSliderCanShowAreRefused() {
        assertEquals(
                "values must be at least 2, but are [1.0]",
                message(() -> Slider.over("t", new double[] {1}, t -> noise(1))));
        assertEquals(
                "pictures must have one size, but there are 2 x 2 and 4 x 2",
                message(() -> Slider.over("t", new double[] {1, 2}, t -> Picture.draw((int) t, 1, g -> {}))));
    }
}
