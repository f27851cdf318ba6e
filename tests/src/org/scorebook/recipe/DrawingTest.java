package org.scorebook.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

/** How long drawing will take, with a clock on which each look at it is later than the one before. */
class DrawingTest {
    /** The fastest takes 3 s: 5 of these a batch, and 10 images are two batches and a half. */
    @Test
    void theFirstStepsSayHowLongAllTake(@Seeded(1) NDManager manager) throws IOException {
        long[] seconds = {7, 107, 147, 150, 154};
        assertEquals(5 * 3 * 2.5, seconds(manager, 5, 10, seconds), 1e-9);
        assertEquals(5 * 3, seconds(manager, 5, 2, seconds), 1e-9, "fewer than a batch");
        assertEquals(100 * 2.5, seconds(manager, 1, 10, seconds), 1e-9, "there is no other step");
    }

    private static double seconds(NDManager manager, int steps, int images, long... seconds) throws IOException {
        List<Long> looks = new ArrayList<>();
        try (TrainedModel model = TrainedModel.pretrained("fashion-mnist", manager)) {
            Drawing drawing = new Drawing(model, new SamplingPlan("ddim", steps, 1, 0), 4);
            return drawing.seconds(
                    manager,
                    () -> {
                        looks.add(seconds[looks.size()] * 1_000_000_000);
                        return looks.get(looks.size() - 1);
                    },
                    IntStream.range(0, images).toArray());
        }
    }

    @Test
    void anInterruptIsNotTakenForTheEnd(@Seeded(1) NDManager manager) throws IOException {
        try (TrainedModel model = TrainedModel.pretrained("fashion-mnist", manager)) {
            Drawing drawing = new Drawing(model, new SamplingPlan("ddim", 5, 1, 0), 4);
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, () -> drawing.seconds(manager, 0, 1));
            assertFalse(Thread.interrupted());
        }
    }
}
