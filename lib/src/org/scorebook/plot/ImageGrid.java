package org.scorebook.plot;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.scorebook.base.Require;

/** Arrays of images as pictures: pixels stay squares, whatever their size on the page. */
public final class ImageGrid {
    private static final int GAP = 2;

    private ImageGrid() {}

    /**
     * Images in rows, {@code scale} pixels of the page for each of theirs.
     *
     * @param images of shape (N, C, H, W), C 1 or 3, from -1, black, to 1; values beyond are cut off
     * @param columns images a row, at least 1
     * @param scale at least 1
     */
    public static BufferedImage of(NDArray images, int columns, int scale) {
        return of(pictures(images), columns, scale);
    }

    /** As {@link #of(NDArray, int, int)}, of pictures that are all of one size; at least one. */
    public static BufferedImage of(List<BufferedImage> pictures, int columns, int scale) {
        if (columns < 1 || scale < 1) {
            throw new IllegalArgumentException(
                    "columns and scale must be at least 1, but are " + columns + " and " + scale);
        }
        int width = Require.given("pictures", pictures).get(0).getWidth() * scale;
        int height = pictures.get(0).getHeight() * scale;
        int used = Math.min(columns, pictures.size());
        int rows = (pictures.size() + used - 1) / used;
        String seen = Seen.rows(columns, pictures.size(), "image");
        return Picture.draw("", seen, used * (width + GAP) + GAP, rows * (height + GAP) + GAP, g -> {
            sharp(g);
            for (int i = 0; i < pictures.size(); i++) {
                int x = GAP + i % used * (width + GAP);
                int y = GAP + i / used * (height + GAP);
                g.drawImage(pictures.get(i), x, y, width, height, null);
            }
        });
    }

    /** Images keep their pixels as squares. */
    static void sharp(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    }

    /** Each image as a picture of as many pixels as it has. */
    public static List<BufferedImage> pictures(NDArray images) {
        Shape shape = Require.given("images", images).getShape();
        if (shape.dimension() != 4 || (shape.get(1) != 1 && shape.get(1) != 3) || shape.get(0) < 1) {
            throw new IllegalArgumentException(
                    "images must have shape (N, C, H, W), N at least 1 and C 1 or 3, but have " + shape);
        }
        float[] values = values(images);
        int size = Math.toIntExact(shape.get(1) * shape.get(2) * shape.get(3));
        return java.util.stream.IntStream.range(0, Math.toIntExact(shape.get(0)))
                .mapToObj(i -> picture(values, i * size, shape))
                .toList();
    }

    private static float[] values(NDArray images) {
        try (NDManager arrays = images.getManager().newSubManager()) {
            NDArray copy = images.toType(DataType.FLOAT32, true);
            copy.attach(arrays);
            return copy.toFloatArray();
        }
    }

    private static BufferedImage picture(float[] values, int start, Shape shape) {
        int channels = (int) shape.get(1);
        int height = (int) shape.get(2);
        int width = (int) shape.get(3);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    int plane = Math.min(c, channels - 1) * height * width;
                    rgb = rgb << 8 | level(values[start + plane + y * width + x]);
                }
                picture.setRGB(x, y, rgb);
            }
        }
        return picture;
    }

    /** From -1 to 1 to a byte; NaN is black. */
    private static int level(float value) {
        return Math.round(Math.max(0, Math.min(1, (value + 1) / 2)) * 255);
    }
}
