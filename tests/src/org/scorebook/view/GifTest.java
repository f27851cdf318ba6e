package org.scorebook.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.ColourCount.pixels;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.scorebook.plot.Axis;
import org.scorebook.plot.Palette;
import org.scorebook.plot.Plane;
import org.w3c.dom.Element;

class GifTest {
    /** What is seen after each frame, read by the JDK's reader. */
    private static List<BufferedImage> seen(byte[] gif, int width, int height) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        List<BufferedImage> seen = new ArrayList<>();
        BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            for (int k = 0; k < reader.getNumImages(true); k++) {
                Element metadata = (Element) reader.getImageMetadata(k).getAsTree("javax_imageio_gif_image_1.0");
                Element place = (Element)
                        metadata.getElementsByTagName("ImageDescriptor").item(0);
                int x = Integer.parseInt(place.getAttribute("imageLeftPosition"));
                int y = Integer.parseInt(place.getAttribute("imageTopPosition"));
                screen.getGraphics().drawImage(reader.read(k), x, y, null);
                BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
                copy.setData(screen.getData());
                seen.add(copy);
            }
        }
        return seen;
    }

    /** Noise in few colours: exact, with all lengths of codes, and with one frame that changes nothing. */
    @Test
    void framesOfFewColoursComeBackPixelForPixel() throws IOException {
        Random random = new Random(1);
        List<BufferedImage> frames = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            BufferedImage frame = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 120 * 90; i++) {
                Color colour = Palette.SERIES.get(random.nextInt(6));
                frame.setRGB(i % 120, i / 120, colour.getRGB());
            }
            frames.add(frame);
        }
        frames.add(1, frames.get(0));
        List<BufferedImage> seen = seen(Gif.encode(frames, 50), 120, 90);
        assertEquals(4, seen.size());
        for (int k = 0; k < 4; k++) {
            assertArrayEquals(pixels(frames.get(k)), pixels(seen.get(k)));
        }
    }

    @Test
    void smoothColoursStayNear() throws IOException {
        BufferedImage plane = new Plane("t", new Axis("x", -1, 1), new Axis("y", -1, 1))
                .density((x, y) -> Math.exp(-3 * x * x - y * y))
                .picture();
        BufferedImage back = seen(Gif.encode(List.of(plane), 50), plane.getWidth(), plane.getHeight())
                .get(0);
        int[] was = pixels(plane);
        int[] is = pixels(back);
        double squares = 0;
        for (int k = 0; k < was.length; k++) {
            squares += Math.pow((was[k] >> 8 & 255) - (is[k] >> 8 & 255), 2);
        }
        assertTrue(Math.sqrt(squares / was.length) < 3, "root mean square error " + Math.sqrt(squares / was.length));
        assertEquals(Color.WHITE.getRGB(), back.getRGB(2, 2));
    }

    /** Sixty sharp frames of 300 particles that move over a density. */
    @Test
    void anAnimationOfAPlaneFitsANotebook() {
        Random random = new Random(1);
        float[][] particles = new float[300][2];
        List<BufferedImage> frames = new ArrayList<>();
        for (int k = 0; k < 60; k++) {
            for (float[] particle : particles) {
                particle[0] += (float) (0.1 * random.nextGaussian());
                particle[1] += (float) (0.1 * random.nextGaussian());
            }
            frames.add(new Plane("step " + k, new Axis("x", -3, 3), new Axis("y", -3, 3))
                    .density((x, y) -> Math.exp(-x * x - y * y))
                    .points(particles, Color.WHITE)
                    .picture());
        }
        int size = Gif.encode(frames, 50).length;
        assertTrue(size < 1_500_000, "bytes: " + size);
    }

    @Test
    void gifKeepsFramesDelayAndLoop() throws IOException {
        List<BufferedImage> frames = List.of(frame(Color.RED), frame(Color.GREEN), frame(Color.BLUE));
        byte[] gif = Gif.encode(frames, 120);
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            assertEquals(3, reader.getNumImages(true));
            assertEquals(Color.GREEN.getRGB(), reader.read(1).getRGB(5, 5));
            Element metadata = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
            Element control = (Element)
                    metadata.getElementsByTagName("GraphicControlExtension").item(0);
            assertEquals("12", control.getAttribute("delayTime"));
        }
        assertTrue(new String(gif, StandardCharsets.ISO_8859_1).contains("NETSCAPE2.0"));
    }

    @Test
    void badAnimationsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Gif.encode(List.of(), 100));
        assertThrows(IllegalArgumentException.class, () -> Gif.encode(List.of(frame(Color.RED)), 5));
        BufferedImage small = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        assertEquals(
                "frames must have one size, but there are 20 x 20 and 2 x 2",
                assertThrows(IllegalArgumentException.class, () -> Gif.encode(List.of(frame(Color.RED), small), 100))
                        .getMessage());
    }

    private static BufferedImage frame(Color colour) {
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, colour.getRGB());
        }
        return image;
    }
}
