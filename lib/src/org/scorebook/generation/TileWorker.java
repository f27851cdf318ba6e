package org.scorebook.generation;

import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.scorebook.plot.ImageGrid;
import org.scorebook.sample.Samples;

/** What a generator's thread does: it draws one tile after the other. All arrays are made, used and freed here. */
final class TileWorker implements Runnable {
    private final OrderQueue queue;
    private final ModelShelf shelf;
    private final Previews previews = new Previews();

    TileWorker(OrderQueue queue, ModelShelf shelf) {
        this.queue = queue;
        this.shelf = shelf;
    }

    @Override
    public void run() {
        try {
            for (List<OpenOrder> open = next(); !open.isEmpty(); open = next()) {
                work(open);
                shelf.trim(open.stream()
                        .map(OpenOrder::loaded)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
            }
        } finally {
            shelf.close();
        }
    }

    private List<OpenOrder> next() {
        while (true) {
            try {
                return queue.await();
            } catch (InterruptedException e) {
                // a listener's: what ends this thread is the queue
            }
        }
    }

    private void work(List<OpenOrder> open) {
        OpenOrder first = open.get(0);
        if (!isBound(first)) {
            return;
        }
        Tile tile = new Tile(first);
        try {
            List<Integer> sizes = tile.sizes(shelf.manager());
            if (!sizes.isEmpty()) {
                open.stream()
                        .filter(order -> !tile.isFull() && mayJoin(first, order))
                        .forEach(tile::add);
            }
            tile.fit(sizes);
            draw(tile);
        } catch (Throwable e) { // whatever an engine throws, others wait
            failed(tile, e);
        }
    }

    private boolean isBound(OpenOrder order) {
        try {
            if (order.loaded() == null) {
                order.bind(shelf.get(order.source()));
            }
            return true;
        } catch (Throwable e) {
            queue.end(order, () -> order.future().completeExceptionally(e));
            return false;
        }
    }

    private boolean mayJoin(OpenOrder first, OpenOrder other) {
        boolean may = other != first && !first.isAlone() && !other.isAlone() && !other.isOver();
        return may && other.source().equals(first.source()) && isBound(other);
    }

    private void draw(Tile tile) {
        long start = System.nanoTime();
        List<BufferedImage> pictures;
        long evaluations;
        try (NDManager arrays = shelf.manager().newSubManager()) {
            Samples samples = tile.draw(arrays, previews);
            pictures = ImageGrid.pictures(samples.points());
            evaluations = samples.evaluations();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (OpenOrder order : tile.orders()) {
            order.put(tile.of(order, pictures), evaluations, seconds)
                    .ifPresent(result -> queue.end(order, () -> order.future().complete(result)));
        }
    }

    /** One order may have spoilt the tile of others: each goes on by itself, and fails by itself. */
    private void failed(Tile tile, Throwable cause) {
        List<OpenOrder> orders = tile.orders();
        if (orders.size() > 1) {
            orders.forEach(OpenOrder::separate);
        } else {
            OpenOrder order = orders.get(0);
            queue.end(order, () -> order.future().completeExceptionally(cause)); // nothing, where it was cancelled
        }
    }
}
