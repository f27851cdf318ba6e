package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;

class ReplayBufferTest {
    private static final Shape POINT = new Shape(1, 2, 2);

    @Seeded(1)
    private NDManager manager;

    private ReplayBuffer buffer(int capacity, double restarts, long seed) {
        return new ReplayBuffer(
                manager, POINT, capacity, restarts, ReplayBuffer.uniform(POINT, -1, 1), new SplittableRandom(seed));
    }

    private static float[] numbers(ReplayBuffer buffer) {
        return buffer.state().get("points").toFloatArray();
    }

    /** A uniform number has mean 0 and variance 1/3; of 4 x 5,000 the mean is known to 0.004. */
    @Test
    void beginsWithUniformPoints() {
        float[] x = numbers(buffer(5000, 0.05, 1));
        double[] wide = IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
        assertEquals(0, Arrays.stream(wide).average().orElseThrow(), 4 * Math.sqrt(1 / 3.0 / x.length));
        assertEquals(1 / 3.0, Arrays.stream(wide).map(v -> v * v).average().orElseThrow(), 0.01);
        assertTrue(Arrays.stream(wide).allMatch(v -> v >= -1 && v <= 1));
        assertEquals(x.length, Arrays.stream(wide).distinct().count(), 20, "no block is a copy of another");
    }

    @Test
    void whatIsPutLiesInItsRowsAndNowhereElse() {
        ReplayBuffer buffer = buffer(50, 0, 1);
        float[] before = numbers(buffer);
        ReplayBuffer.Draw draw = buffer.draw(manager, 7, new SplittableRandom(2));
        assertEquals(7, Arrays.stream(draw.rows()).distinct().count());
        assertEquals(0, draw.restarted());
        float[] drawn = draw.points().toFloatArray();
        for (int i = 0; i < 7; i++) {
            int from = 4 * draw.rows()[i];
            assertArrayEquals(Arrays.copyOfRange(before, from, from + 4), Arrays.copyOfRange(drawn, 4 * i, 4 * i + 4));
        }
        buffer.put(draw, draw.points().add(10));
        for (int row : draw.rows()) {
            for (int k = 0; k < 4; k++) {
                before[4 * row + k] += 10;
            }
        }
        assertArrayEquals(before, numbers(buffer), 1e-6f);
    }

    /** What is drawn is a copy: chains do not move the buffer before they are put back. */
    @Test
    void theBufferOnlyChangesWhenPut() {
        ReplayBuffer buffer = buffer(20, 0, 1);
        float[] before = numbers(buffer);
        buffer.draw(manager, 20, new SplittableRandom(2)).points().addi(1);
        assertArrayEquals(before, numbers(buffer));
    }

    /** Of N draws a share of 0.05 restarts, with standard error sqrt(0.05 0.95 / N); each row is drawn as often as others. */
    @Test
    void restartsAndRowsHaveTheirShares() {
        int capacity = 40;
        ReplayBuffer buffer = buffer(capacity, 0.05, 1);
        SplittableRandom random = new SplittableRandom(3);
        int draws = 4000;
        int size = 10;
        int restarted = 0;
        int[] counts = new int[capacity];
        for (int i = 0; i < draws; i++) {
            try (NDManager arrays = manager.newSubManager()) {
                ReplayBuffer.Draw draw = buffer.draw(arrays, size, random);
                restarted += draw.restarted();
                Arrays.stream(draw.rows()).forEach(row -> counts[row]++);
            }
        }
        double all = (double) draws * size;
        assertEquals(0.05, restarted / all, 3 * Math.sqrt(0.05 * 0.95 / all));
        double share = (double) size / capacity;
        for (int count : counts) {
            assertEquals(share, count / (double) draws, 4 * Math.sqrt(share * (1 - share) / draws));
        }
    }

    @Test
    void aRestartReplacesTheWholePoint() {
        ReplayBuffer buffer = buffer(30, 1, 1);
        ReplayBuffer.Draw all = buffer.draw(manager, 30, new SplittableRandom(4));
        buffer.put(all, all.points().zerosLike().add(5));
        ReplayBuffer.Draw again = buffer.draw(manager, 10, new SplittableRandom(5));
        assertEquals(10, again.restarted());
        assertTrue(again.points().abs().max().getFloat() <= 1);
    }

    @Test
    void aCheckpointBringsItBackExactly(@TempDir Path folder) throws IOException {
        ReplayBuffer buffer = buffer(300, 0.2, 1);
        Checkpoint checkpoint =
                Checkpoint.write(folder, 1, Map.of("buffer", buffer.state()), Map.of("state", "{}", "config", "{}"));
        ReplayBuffer other = buffer(300, 0.2, 99);
        other.load(checkpoint.arrays("buffer", manager));
        assertArrayEquals(numbers(buffer), numbers(other));
        NDArray next = buffer.draw(manager, 50, new SplittableRandom(6)).points();
        NDArray same = other.draw(manager, 50, new SplittableRandom(6)).points();
        assertArrayEquals(next.toFloatArray(), same.toFloatArray());
    }

    @Test
    void memoryStaysFlat() {
        ReplayBuffer buffer = buffer(100, 0.5, 1);
        SplittableRandom random = new SplittableRandom(7);
        int before = 0;
        for (int i = 0; i < 200; i++) {
            try (NDManager arrays = manager.newSubManager()) {
                ReplayBuffer.Draw draw = buffer.draw(arrays, 30, random);
                buffer.put(draw, draw.points().mul(0.5));
            }
            int now = arraysBelow(manager);
            assertTrue(i == 0 || now == before, "grew from " + before + " to " + now);
            before = now;
        }
    }

    private static int arraysBelow(NDManager manager) {
        return manager.getManagedArrays().size();
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("restarts must be from 0 to 1, but is 1.5", message(() -> buffer(10, 1.5, 1)));
        assertEquals("capacity must be at least 1, but is 0", message(() -> buffer(0, 0, 1)));
        ReplayBuffer buffer = buffer(10, 0, 1);
        assertEquals(
                "n must be from 1 to the buffer's capacity, 10, but is 11",
                message(() -> buffer.draw(manager, 11, new SplittableRandom(1))));
        ReplayBuffer.Draw draw = buffer.draw(manager, 2, new SplittableRandom(1));
        assertEquals(
                "values must be 2 rows of an array of shape (10, 1, 2, 2), but have shape (3, 1, 2, 2)",
                message(() -> buffer.put(draw, manager.zeros(new Shape(3, 1, 2, 2)))));
        assertEquals(
                "saved must have the array points, but has [x]",
                message(() -> buffer.load(Map.of("x", draw.points()))));
        assertEquals(
                "low must be below high, and both finite, but they are 1.0 and -1.0",
                message(() -> ReplayBuffer.uniform(POINT, 1, -1)));
    }
}
