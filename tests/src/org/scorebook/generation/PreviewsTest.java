package org.scorebook.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.generation.Orders.pixels;
import static org.scorebook.generation.Orders.result;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebook.recipe.SamplingPlan;

/** What a listener sees. */
class PreviewsTest {
    /** So many that several previews come of each tile where a step takes two milliseconds, too. */
    private static final int STEPS = 80;

    private static final Order ORDER =
            new Order(Orders.DIFFUSION, new SamplingPlan("ddim", STEPS, 2, 1), new int[] {0, 1, 2, 3, 4, 5});

    private record Seen(GenerationProgress progress, long time) {}

    @Test
    void imagesBecomeClear() throws Exception {
        List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
        Result result;
        try (Generator generator = new Generator(new ModelShelf("cpu"), 1)) {
            result = result(generator.submit(ORDER, progress -> seen.add(new Seen(progress, System.nanoTime()))));
        }
        assertTrue(seen.size() >= 3, "seen " + seen.size());
        GenerationProgress first = seen.get(0).progress();
        assertEquals(0, first.step());
        assertEquals(0, first.finished());
        assertEquals(4, first.inWork());
        assertNotEquals(grey(first), pixels(first.images().get(0)), "noise");
        assertEquals(grey(first), pixels(first.images().get(5)), "not begun");
        for (int i = 0; i < seen.size(); i++) {
            GenerationProgress progress = seen.get(i).progress();
            assertEquals(STEPS, progress.steps());
            assertEquals(6, progress.images().size());
            assertTrue(progress.step() >= 0 && progress.step() <= STEPS);
            assertTrue(i == 0 || seen.get(i).time() - seen.get(i - 1).time() >= 150_000_000, "too often");
        }
        GenerationProgress last = seen.get(seen.size() - 1).progress();
        assertTrue(last.finished() >= 4);
        assertEquals(pixels(result).subList(0, last.finished()), finished(last));
    }

    private static List<List<Integer>> finished(GenerationProgress progress) {
        return progress.images().stream()
                .limit(progress.finished())
                .map(Orders::pixels)
                .toList();
    }

    private static List<Integer> grey(GenerationProgress progress) {
        BufferedImage image = progress.images().get(0);
        return Collections.nCopies(image.getWidth() * image.getHeight(), 0xff808080);
    }

    @Test
    void aListenerThatThrowsIsNotCalledAgain() throws Exception {
        List<GenerationProgress> seen = Collections.synchronizedList(new ArrayList<>());
        try (Generator generator = new Generator(new ModelShelf("cpu"), 1)) {
            Result result = result(generator.submit(ORDER, progress -> {
                seen.add(progress);
                throw new IllegalStateException("in a test");
            }));
            assertEquals(6, result.images().size());
        }
        assertEquals(1, seen.size());
    }
}
