package org.scorebook.plot;

import ai.djl.ndarray.NDArray;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.List;
import org.scorebook.base.Require;

/** Images in rows and columns that have names, under one title: for instance what is drawn, by guidance scale and class. */
public final class ImageTable {
    private static final Font FONT = Picture.font(13, Font.PLAIN);
    private static final int GAP = 2;
    private static final int TITLE = 32;
    private static final int HEAD = 20;
    private static final int MARGIN = 8;

    private final String title;
    private final List<String> rows;
    private final List<String> columns;
    private final List<BufferedImage> images;
    private final int imageWidth;
    private final int imageHeight;

    private ImageTable(
            String title, List<String> rows, List<String> columns, List<BufferedImage> images, int scale) {
        int across = columns.isEmpty() ? images.size() / Math.max(1, rows.size()) : columns.size();
        if (rows.isEmpty() || across == 0 || images.size() != rows.size() * across) {
            throw new IllegalArgumentException("images must be as many as rows times columns, at least 1, but are "
                    + images.size() + " for " + rows.size() + " rows and " + columns.size() + " columns");
        }
        this.title = title;
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
        this.images = images;
        imageWidth = images.get(0).getWidth() * scale;
        imageHeight = images.get(0).getHeight() * scale;
    }

    /**
     * Images with a name before each row, and above each column where columns have names.
     *
     * @param title above all of them
     * @param rows at least one name
     * @param columns names, or none: each row then has as many images as there are for it
     * @param images of shape (N, C, H, W), row by row, C 1 or 3, from -1, black, to 1; N rows times columns
     * @param scale pixels of the page for each of theirs, at least 1
     */
    public static BufferedImage of(String title, List<String> rows, List<String> columns, NDArray images, int scale) {
        Require.given("title", title);
        Require.given("rows", rows);
        Require.given("columns", columns);
        Require.given("images", images);
        Require.atLeast("scale", scale, 1);
        return new ImageTable(title, rows, columns, ImageGrid.pictures(images), scale).picture();
    }

    private BufferedImage picture() {
        int left = rows.stream().mapToInt(ImageTable::width).max().orElseThrow() + 2 * MARGIN;
        int top = TITLE + (columns.isEmpty() ? 0 : HEAD);
        int across = images.size() / rows.size();
        int width = left + across * (imageWidth + GAP) + MARGIN;
        int height = top + rows.size() * (imageHeight + GAP) + MARGIN;
        String seen = Seen.rows(across, images.size(), "image") + "; rows " + Seen.listed(rows)
                + (columns.isEmpty() ? "" : "; columns " + Seen.listed(columns));
        return Picture.draw(title, seen, width, height, g -> {
            Heading.draw(g, title, Picture.font(15, Font.BOLD), width / 2.0, 21, MARGIN, width - MARGIN);
            names(g, left, top);
            ImageGrid.sharp(g);
            for (int k = 0; k < images.size(); k++) {
                int x = left + k % across * (imageWidth + GAP);
                int y = top + k / across * (imageHeight + GAP);
                g.drawImage(images.get(k), x, y, imageWidth, imageHeight, null);
            }
        });
    }

    private void names(Graphics2D g, int left, int top) {
        for (int i = 0; i < columns.size(); i++) {
            int x = left + i * (imageWidth + GAP);
            Heading.draw(g, columns.get(i), FONT, x + imageWidth / 2.0, top - 6, x, x + imageWidth);
        }
        g.setFont(FONT);
        for (int k = 0; k < rows.size(); k++) {
            int x = left - MARGIN - width(rows.get(k));
            g.drawString(rows.get(k), x, top + k * (imageHeight + GAP) + imageHeight / 2 + 5);
        }
    }

    private static int width(String text) {
        return (int) Math.ceil(FONT.getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth());
    }
}
