package org.scorebook.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scorebook.Seeded;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;

@Timeout(60)
class ImageBatchesTest {
    private static final int SIZE = 23;
    private static final ImageSet SET = numbered();

    @Seeded(1)
    private NDManager manager;

    @AfterEach
    void nothingIsLeftBehind() {
        assertFalse(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals(BatchFeeder.THREAD)),
                "a thread was left behind");
    }

    @Test
    void aBatchIsImagesAndTheirLabels() {
        try (ImageBatches batches = new ImageBatches(SET, 5, 1, false)) {
            Batch batch = batches.next(manager);
            assertEquals(new Shape(5, 1, 1, 2), batch.images().getShape());
            float[] values = batch.images().toFloatArray();
            for (int i = 0; i < 5; i++) {
                int row = row(values, i);
                assertEquals(SET.label(row), batch.labels()[i]);
                assertEquals(-1, values[2 * i + 1], "not mirrored");
            }
        }
    }

    @Test
    void anEpochHasEachImageOnce() {
        try (ImageBatches batches = new ImageBatches(SET, 1, 1, false)) {
            int[] first = rows(batches, SIZE);
            int[] second = rows(batches, SIZE);
            int[] all = IntStream.range(0, SIZE).toArray();
            assertArrayEquals(all, sorted(first));
            assertArrayEquals(all, sorted(second));
            assertFalse(Arrays.equals(first, second), "each epoch has its order");
            assertFalse(Arrays.equals(all, first), "which is not the set's");
            assertEquals(2, batches.epoch());
        }
        try (ImageBatches batches = new ImageBatches(SET, 5, 1, false)) {
            assertEquals(4, batches.batchesPerEpoch());
            assertEquals(20, Arrays.stream(rows(batches, 4)).distinct().count());
            assertEquals(1, batches.epoch());
            assertEquals(0, batches.batch());
        }
    }

    @Test
    void itGoesOnExactlyFromAnyPosition() {
        List<float[]> whole = new ArrayList<>();
        try (ImageBatches batches = new ImageBatches(SET, 5, 7, true)) {
            IntStream.range(0, 12).forEach(i -> whole.add(values(batches)));
        }
        try (ImageBatches batches = new ImageBatches(SET, 5, 7, true)) {
            for (int start = 11; start >= 0; start--) {
                batches.startAt(start / 4, start % 4);
                for (int i = start; i < Math.min(12, start + 3); i++) {
                    assertEquals(i / 4, batches.epoch());
                    assertEquals(i % 4, batches.batch());
                    assertArrayEquals(whole.get(i), values(batches), "batch " + i + " from " + start);
                }
            }
        }
    }

    /** Orders, labels, mirrored images and all 256 values, to the byte; from anywhere. */
    @Test
    void batchesThatAreGatheredAreTheSame() {
        byte[] bytes = new byte[SIZE * 3 * 2 * 5];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        ImageSet set = new ImageSet("colours", bytes, 3, 2, 5, SET.labels(), SET.classNames());
        try (ImageBatches fed = new ImageBatches(set, 4, 7, true);
                ImageBatches gathered = new ImageBatches(set, 4, 7, true).on(manager)) {
            for (int i = 0; i < 14; i++) {
                if (i == 9) {
                    fed.startAt(1, 1);
                    gathered.startAt(1, 1);
                }
                Batch expected = fed.next(manager);
                Batch batch = gathered.next(manager);
                assertArrayEquals(expected.labels(), batch.labels());
                assertEquals(expected.images().getShape(), batch.images().getShape());
                assertArrayEquals(
                        expected.images().toFloatArray(), batch.images().toFloatArray(), "batch " + i);
                assertEquals(fed.epoch(), gathered.epoch());
                assertEquals(fed.batch(), gathered.batch());
            }
        }
    }

    @Test
    void seedsGiveOtherOrders() {
        try (ImageBatches one = new ImageBatches(SET, SIZE, 1, false);
                ImageBatches two = new ImageBatches(SET, SIZE, 2, false)) {
            assertFalse(Arrays.equals(rows(one, 1), rows(two, 1)));
        }
    }

    /** Half of the images are mirrored, independently in each epoch, as fair coins would: within five deviations. */
    @Test
    void mirroringIsAFairCoin() {
        EpochOrder order = new EpochOrder(10_000, 1, 3, true);
        int mirrored = 0;
        int changed = 0;
        for (int row = 0; row < 10_000; row++) {
            mirrored += order.flipped(0, row) ? 1 : 0;
            changed += order.flipped(0, row) != order.flipped(1, row) ? 1 : 0;
        }
        assertEquals(5000, mirrored, 250);
        assertEquals(5000, changed, 250);
        assertFalse(new EpochOrder(10, 1, 3, false).flipped(0, 1));
    }

    /** Where an image stands in one epoch tells nothing of the next: mean distance of two places is a third of the length. */
    @Test
    void ordersOfEpochsAreUnrelated() {
        EpochOrder order = new EpochOrder(5000, 1, 3, false);
        int[] a = order.rows(0);
        int[] b = order.rows(1);
        double mean = IntStream.range(0, 5000)
                .map(i -> Math.abs(a[i] - b[i]))
                .average()
                .orElseThrow();
        assertEquals(5000 / 3.0, mean, 100);
    }

    @Test
    void whatGoesWrongReachesTheCallerOnceAndCanBeTriedAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        OutOfMemoryError cause = new OutOfMemoryError("as a test");
        EpochOrder order = new EpochOrder(SIZE, 5, 7, false);
        ImageBatches batches = new ImageBatches(SET, order, (row, flip, target, place) -> {
            if (broken.get() && row == order.rows(0)[6]) {
                throw cause;
            }
            SET.fill(row, flip, target, place);
        });
        try (batches) {
            batches.next(manager);
            IllegalStateException error = assertThrows(IllegalStateException.class, () -> batches.next(manager));
            assertSame(cause, error.getCause());
            assertThrows(IllegalStateException.class, () -> batches.next(manager));
            broken.set(false);
            assertEquals(1, batches.batch());
            int[] expected = order.rows(order.rows(0), 1);
            assertArrayEquals(expected, rows(batches, 1));
        }
    }

    @Test
    void interruptionEndsTheWait() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        EpochOrder order = new EpochOrder(SIZE, 5, 7, false);
        Thread caller = Thread.currentThread();
        try (ImageBatches batches = new ImageBatches(SET, order, (row, flip, target, place) -> {
            if (first.getAndSet(false)) {
                caller.interrupt();
                awaitQuietly(never);
            }
        })) {
            assertThrows(CancellationException.class, () -> batches.next(manager));
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void badUseIsNamed() {
        assertEquals(
                "batchSize must be at most the size of the set, 23, but is 24",
                message(() -> new ImageBatches(SET, 24, 1, false)));
        assertThrows(IllegalArgumentException.class, () -> new ImageBatches(SET, 0, 1, false));
        ImageBatches batches = new ImageBatches(SET, 5, 1, false);
        assertThrows(IllegalArgumentException.class, () -> batches.startAt(0, 4));
        assertThrows(IllegalArgumentException.class, () -> batches.startAt(-1, 0));
        batches.next(manager);
        batches.close();
        batches.close();
        IllegalStateException closed = assertThrows(IllegalStateException.class, () -> batches.next(manager));
        assertEquals("these batches are closed", closed.getMessage());
    }

    @Test
    void mirroredImagesAreMirrored() {
        try (ImageBatches batches = new ImageBatches(SET, SIZE, 1, true)) {
            float[] values = values(batches);
            long mirrored =
                    IntStream.range(0, SIZE).filter(i -> values[2 * i] == -1).count();
            assertTrue(mirrored > 2 && mirrored < SIZE - 2, "mirrored: " + mirrored);
            assertNotEquals(0, mirrored);
        }
    }

    private int[] rows(ImageBatches batches, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> values(batches))
                .flatMapToInt(values -> IntStream.range(0, values.length / 2).map(i -> row(values, i)))
                .toArray();
    }

    private float[] values(ImageBatches batches) {
        return batches.next(manager).images().toFloatArray();
    }

    /** The left pixel of image i has the value i + 1, the right one 0. */
    private static int row(float[] values, int i) {
        return Math.round((Math.max(values[2 * i], values[2 * i + 1]) + 1) * 127.5f) - 1;
    }

    private static ImageSet numbered() {
        byte[] bytes = new byte[2 * SIZE];
        int[] labels = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bytes[2 * i] = (byte) (i + 1);
            labels[i] = i % 3;
        }
        return new ImageSet("numbers", bytes, 1, 1, 2, labels, List.of("a", "b", "c"));
    }

    private static int[] sorted(int[] values) {
        return Arrays.stream(values).sorted().toArray();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
