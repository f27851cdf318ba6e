package org.scorebook.plot;

import ai.djl.ndarray.NDArray;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.scorebook.base.Require;

/** Images in rows and columns that have names, each within a grey line, so that a white one shows on white paper. */
public final class ImageTable {
    private static final Font LABEL = Picture.font(12, Font.PLAIN);
    private static final int GAP = 4;
    private static final int TITLE = 30;
    private static final int COLUMN_LABEL = 20;

    private final List<String> rows;
    private final List<String> columns;
    private final List<BufferedImage> images;
    private final int scale;
    private final int left;
    private final int top;

    private ImageTable(List<String> rows, List<String> columns, List<BufferedImage> images, int scale) {
        this.rows = rows;
        this.columns = columns;
        this.images = images;
        this.scale = scale;
        FontRenderContext context = new FontRenderContext(null, true, true);
        double widest = rows.stream()
                .mapToDouble(row -> LABEL.getStringBounds(row, context).getWidth())
                .max()
                .orElse(0);
        left = GAP + (widest == 0 ? 0 : (int) Math.ceil(widest) + 2 * GAP);
        top = TITLE + (columns.stream().allMatch(String::isBlank) ? 0 : COLUMN_LABEL);
    }

    /**
     * Images with a title above them all.
     *
     * @param rows a label for each row, at least one; blank ones for none
     * @param columns a label for each column; blank ones, or an empty list, for none
     * @param images row by row, of shape (N, C, H, W) as in {@link ImageGrid}, N the number of rows times that of columns
     * @param scale pixels of the page for each of an image's, at least 1
     */
    public static BufferedImage of(String title, List<String> rows, List<String> columns, NDArray images, int scale) {
        Require.given("title", title);
        Require.atLeast("scale", scale, 1);
        Require.given("rows", rows);
        Require.given("columns", columns);
        List<BufferedImage> pictures = ImageGrid.pictures(images);
        int across = columns.isEmpty() && !rows.isEmpty() ? pictures.size() / rows.size() : columns.size();
        if (pictures.size() != rows.size() * across) {
            throw new IllegalArgumentException("images must be as many as rows times columns, " + rows.size() + " x "
                    + columns.size() + ", but are " + pictures.size());
        }
        List<String> labels = columns.isEmpty() ? Collections.nCopies(across, "") : List.copyOf(columns);
        return new ImageTable(List.copyOf(rows), labels, pictures, scale).draw(title);
    }

    private BufferedImage draw(String title) {
        int width = left + columns.size() * (cellWidth() + GAP);
        int height = top + rows.size() * (cellHeight() + GAP);
        String seen =
                Seen.rows(columns.size(), images.size(), "image") + named("rows", rows) + named("columns", columns);
        return Picture.draw(title, seen, width, height, g -> {
            Heading.draw(g, title, Picture.font(15, Font.BOLD), width / 2.0, 19, GAP, width - GAP);
            labels(g);
            for (int i = 0; i < images.size(); i++) {
                cell(g, images.get(i), left + i % columns.size() * (cellWidth() + GAP), y(i / columns.size()));
            }
        });
    }

    private static String named(String what, List<String> labels) {
        return labels.stream().allMatch(String::isBlank) ? "" : "; " + what + " " + Seen.listed(labels);
    }

    private void labels(Graphics2D g) {
        for (int k = 0; k < columns.size(); k++) {
            double x = left + k * (cellWidth() + GAP);
            Heading.draw(g, columns.get(k), LABEL, x + cellWidth() / 2.0, top - 7, x, x + cellWidth());
        }
        g.setFont(LABEL);
        FontMetrics metrics = g.getFontMetrics();
        for (int k = 0; k < rows.size(); k++) {
            int x = left - 2 * GAP - metrics.stringWidth(rows.get(k));
            g.drawString(rows.get(k), x, y(k) + cellHeight() / 2 + 4);
        }
    }

    private void cell(Graphics2D g, BufferedImage image, int x, int y) {
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.drawImage(image, x, y, cellWidth(), cellHeight(), null);
        g.setColor(Palette.GREY);
        g.drawRect(x - 1, y - 1, cellWidth() + 1, cellHeight() + 1);
        g.setColor(Palette.INK);
    }

    private int cellWidth() {
        return images.get(0).getWidth() * scale;
    }

    private int cellHeight() {
        return images.get(0).getHeight() * scale;
    }

    private int y(int row) {
        return top + row * (cellHeight() + GAP);
    }
}
