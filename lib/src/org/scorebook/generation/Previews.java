package org.scorebook.generation;

import ai.djl.ndarray.NDArray;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import org.scorebook.plot.ImageGrid;

/** Shows listeners the images in work: seldom, for pictures cost time in which nothing is drawn. */
final class Previews {
    private static final long BETWEEN = Duration.ofMillis(160).toNanos();

    private long last = System.nanoTime() - BETWEEN;

    /**
     * Shows a tile, where somebody looks and it is time.
     *
     * @param x the points after so many steps
     */
    void show(Tile tile, int step, NDArray x) {
        List<OpenOrder> watched =
                tile.orders().stream().filter(OpenOrder::isWatched).toList();
        if (watched.isEmpty() || System.nanoTime() - last < BETWEEN) {
            return;
        }
        List<BufferedImage> pictures = ImageGrid.pictures(x);
        BufferedImage grey = grey(pictures.get(0));
        watched.forEach(order -> order.show(step, tile.of(order, pictures), grey));
        last = System.nanoTime();
    }

    private static BufferedImage grey(BufferedImage like) {
        BufferedImage picture = new BufferedImage(like.getWidth(), like.getHeight(), like.getType());
        Graphics2D g = picture.createGraphics();
        g.setColor(Color.GRAY);
        g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        g.dispose();
        return picture;
    }
}
