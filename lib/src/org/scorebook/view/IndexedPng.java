package org.scorebook.view;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.scorebook.plot.Picture;

/** PNG files with one palette for all, a third of the size of those with colours of their own. */
final class IndexedPng {
    private static final int COLOURS = 64;

    /** In bytes, for all: more would make a notebook slow to open. */
    private static final int ENOUGH = 300_000;

    private IndexedPng() {}

    /** The pictures, which are of one size, in the order given; with a quarter of their pixels where all take much room. */
    static List<byte[]> of(List<BufferedImage> pictures) {
        List<byte[]> files = encoded(pictures);
        return files.stream().mapToInt(file -> file.length).sum() <= ENOUGH || Picture.pixelRatio(pictures.get(0)) == 1
                ? files
                : encoded(pictures.stream().map(IndexedPng::half).toList());
    }

    /** With a pixel for each four. */
    private static BufferedImage half(BufferedImage picture) {
        int width = picture.getWidth() / 2;
        int height = picture.getHeight() / 2;
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = small.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(picture, 0, 0, width, height, null);
        g.dispose();
        return small;
    }

    private static List<byte[]> encoded(List<BufferedImage> pictures) {
        int width = pictures.get(0).getWidth();
        int height = pictures.get(0).getHeight();
        List<int[]> pixels = pictures.stream()
                .map(picture -> picture.getRGB(0, 0, width, height, null, 0, width))
                .toList();
        SharedPalette palette = new SharedPalette(pixels, COLOURS);
        IndexColorModel colours = new IndexColorModel(8, palette.colours().length, palette.colours(), 0, false, -1, 0);
        return pixels.stream()
                .map(picture -> write(indexed(picture, palette, colours, width, height)))
                .toList();
    }

    private static BufferedImage indexed(
            int[] picture, SharedPalette palette, IndexColorModel colours, int width, int height) {
        byte[] indices = new byte[picture.length];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = (byte) palette.index(picture[k]);
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        image.getRaster().setDataElements(0, 0, width, height, indices);
        return image;
    }

    private static byte[] write(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam smallest = writer.getDefaultWriteParam();
        smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        smallest.setCompressionQuality(0);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), smallest);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
