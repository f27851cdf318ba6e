package org.scorebook.generation;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scorebook.recipe.PlannedImage;

/**
 * Whether the places of tiles are alike. An engine may compute what is left over of a batch by other instructions than the
 * rest, or a batch of another size, and round it otherwise.
 */
final class PlaceCheck {
    private PlaceCheck() {}

    /** Those of a model's sizes in which all places give the bits of the smallest; none if not even its own places do. */
    static List<Integer> alike(TileKind kind, NDManager manager) {
        List<Integer> sizes = kind.loaded().tileSizes();
        float[] expected = draw(kind, manager, sizes.get(0), 0);
        return agrees(kind, manager, sizes.get(0), expected)
                ? sizes.stream()
                        .filter(size -> agrees(kind, manager, size, expected))
                        .toList()
                : List.of();
    }

    private static boolean agrees(TileKind kind, NDManager manager, int size, float... expected) {
        int different = kind.loaded().tileSizes().get(0);
        int length = expected.length / different;
        float[] found = draw(kind, manager, size, 1);
        return IntStream.range(0, size).allMatch(place -> {
            int from = (place + 1) % different * length;
            return Arrays.equals(expected, from, from + length, found, place * length, (place + 1) * length);
        });
    }

    /** Images over and over, as many different ones as there are in the smallest tile, from the first or from a later one. */
    private static float[] draw(TileKind kind, NDManager manager, int size, int first) {
        int different = kind.loaded().tileSizes().get(0);
        int classes = kind.loaded().model().classes();
        List<PlannedImage> images = IntStream.range(first, first + size)
                .map(i -> i % different)
                .mapToObj(i -> new PlannedImage(0, i, kind.classed() ? i % classes : classes))
                .toList();
        try (NDManager arrays = manager.newSubManager()) {
            return kind.loaded()
                    .model()
                    .draw(kind.plan(), arrays, (index, time, x) -> {}, images)
                    .points()
                    .toFloatArray();
        }
    }
}
