package org.scorebook.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Between Java's pictures and the planes of bytes, one a channel, that image sets hold. */
final class Pixels {
    private Pixels() {}

    /** A picture of the planes: one grey, or red, green and blue. */
    static BufferedImage picture(byte[] planes, int channels, int height, int width) {
        int green = channels == 1 ? 0 : height * width;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height * width; i++) {
            int rgb = (planes[i] & 0xff) << 16 | (planes[green + i] & 0xff) << 8 | planes[2 * green + i] & 0xff;
            picture.setRGB(i % width, i / width, rgb);
        }
        return picture;
    }

    /** The red, green and blue planes of a rectangle of a picture without transparency. */
    static byte[] planes(BufferedImage picture, int left, int top, int width, int height) {
        int[] rgb = picture.getRGB(left, top, width, height, null, 0, width);
        byte[] planes = new byte[3 * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            planes[i] = (byte) (rgb[i] >> 16);
            planes[rgb.length + i] = (byte) (rgb[i] >> 8);
            planes[2 * rgb.length + i] = (byte) rgb[i];
        }
        return planes;
    }

    /** The picture in red, green and blue, with white behind what is transparent. */
    static BufferedImage onWhite(BufferedImage picture) {
        BufferedImage paper = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = paper.createGraphics();
        g.drawImage(picture, 0, 0, Color.WHITE, null);
        g.dispose();
        return paper;
    }

    /** One plane for each three: {@code 0.299 R + 0.587 G + 0.114 B}, rounded. */
    static byte[] grey(byte[] planes, int planeSize) {
        byte[] grey = new byte[planes.length / 3];
        for (int i = 0; i < grey.length; i++) {
            int red = i / planeSize * 3 * planeSize + i % planeSize;
            grey[i] = luma(planes[red], planes[red + planeSize], planes[red + 2 * planeSize]);
        }
        return grey;
    }

    private static byte luma(byte red, byte green, byte blue) {
        return (byte) ((299 * (red & 0xff) + 587 * (green & 0xff) + 114 * (blue & 0xff) + 500) / 1000);
    }
}
