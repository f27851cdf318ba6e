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
 * the places that are left, for an engine may round otherwise in batches of other sizes.
 */
final class Tile {
    private final TileKind kind;
    private final List<TilePlace> places = new ArrayList<>();
    private int size;

    /** An image of an order. */
    private record TilePlace(OpenOrder order, int number) {}

    /** One for the next image of an order, and those of it that are like it. */
    Tile(OpenOrder first) {
        kind = first.kind(first.missing().findFirst().orElseThrow());
        add(first);
    }

    /** Takes what fits into the largest tile of an order that is bound. */
    void add(OpenOrder order) {
        order.missing()
                .filter(number -> order.kind(number).equals(kind))
                .limit((long) largest() - places.size())
                .forEach(number -> places.add(new TilePlace(order, number)));
    }

    boolean isFull() {
        return places.size() == largest();
    }

    private int largest() {
        List<Integer> sizes = kind.loaded().tileSizes();
        return sizes.get(sizes.size() - 1);
    }

    /** The sizes that it may have whoever shares it; none if nobody may. */
    List<Integer> sizes(NDManager manager) {
        return kind.loaded().alike(kind, manager);
    }

    /** Takes the largest of some sizes that its images fill, else the smallest there is; the images behind it wait. */
    void fit(List<Integer> sizes) {
        size = sizes.stream()
                .filter(filled -> filled <= places.size())
                .max(Integer::compare)
                .orElse(kind.loaded().tileSizes().get(0));
        places.subList(Math.min(size, places.size()), places.size()).clear();
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
                .limit(size)
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
