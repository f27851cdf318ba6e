package org.scorebook.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.scorebook.recipe.PlannedImage;

/**
 * Whether the places of a tile are alike. An engine may compute what is left over of a batch by other instructions than the
 * rest, and round it otherwise.
 */
final class PlaceCheck {
    private PlaceCheck() {}

    /** Draws different images, then the same with each at the next place, and compares their bits. */
    static boolean passes(TileKind kind, NDManager manager) {
        int size = kind.loaded().tileSize();
        int classes = kind.loaded().model().classes();
        List<PlannedImage> images = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            images.add(new PlannedImage(0, i, kind.classed() ? i % classes : classes));
        }
        float[] straight = draw(kind, manager, images);
        Collections.rotate(images, 1);
        float[] turned = draw(kind, manager, images);
        int length = straight.length / size;
        return IntStream.range(0, size).allMatch(i -> {
            int next = (i + 1) % size * length;
            return Arrays.equals(straight, i * length, (i + 1) * length, turned, next, next + length);
        });
    }

    private static float[] draw(TileKind kind, NDManager manager, List<PlannedImage> images) {
        try (NDManager arrays = manager.newSubManager()) {
            NDArray points = kind.loaded()
                    .model()
                    .draw(kind.plan(), arrays, (index, time, x) -> {}, images)
                    .points();
            return points.toFloatArray();
        }
    }
}
