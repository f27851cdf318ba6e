package org.scorebook.generation;

import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.scorebook.recipe.PlannedImage;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.sample.Samples;
import org.scorebook.sample.StepListener;

/**
 * Images that are drawn together, of one order or several. As the engine sees it, it is always full: the last image stands at
 * the places that are left, for an engine rounds differently in batches of different sizes.
 */
final class Tile {
    private final TileKind kind;
    private final List<TilePlace> places = new ArrayList<>();

    /** An image of an order. */
    private record TilePlace(OpenOrder order, int number) {}

    /** One for the next image of an order, and those of it that are like it. */
    Tile(OpenOrder first) {
        kind = first.kind(first.missing().findFirst().orElseThrow());
        add(first);
    }

    /** Takes what fits in of an order that is bound. */
    void add(OpenOrder order) {
        order.missing()
                .filter(number -> order.kind(number).equals(kind))
                .limit((long) kind.loaded().tileSize() - places.size())
                .forEach(number -> places.add(new TilePlace(order, number)));
    }

    boolean isFull() {
        return places.size() == kind.loaded().tileSize();
    }

    /** Whether images of several orders may be in it. */
    boolean isShareable(NDManager manager) {
        return kind.loaded().isShareable(kind, manager);
    }

    /** Whose images are in it. */
    List<OpenOrder> orders() {
        return places.stream().map(TilePlace::order).distinct().toList();
    }

    /** Whether nobody waits for any of it. */
    boolean isOver() {
        return places.stream().allMatch(place -> place.order().isOver());
    }

    /** @throws CancellationException within a step after it is over */
    Samples draw(NDManager manager, Previews previews) {
        TrainedModel model = kind.loaded().model();
        StepListener listener = (index, time, x) -> {
            if (isOver()) {
                throw new CancellationException("nobody waits for these images");
            }
            previews.show(this, index + 1, x);
        };
        return model.draw(kind.plan(), manager, listener, images());
    }

    private List<PlannedImage> images() {
        TilePlace last = places.get(places.size() - 1);
        return Stream.concat(places.stream(), Stream.generate(() -> last))
                .limit(kind.loaded().tileSize())
                .map(place -> place.order().planned(place.number()))
                .toList();
    }

    /** Those of the pictures of all places that are an order's, by their numbers. */
    Map<Integer, BufferedImage> of(OpenOrder order, List<BufferedImage> pictures) {
        Map<Integer, BufferedImage> found = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).order() == order) {
                found.put(places.get(i).number(), pictures.get(i));
            }
        }
        return found;
    }
}
