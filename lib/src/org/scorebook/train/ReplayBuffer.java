package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.scorebook.aten.Blocks;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/**
 * The ends of chains, from which later chains go on: many short runs, one a training step, become few long ones. Some points
 * begin anew at each draw, so that the chains do not all stay in the modes they have found.
 *
 * <p>It is one float32 array of shape (capacity, ...) on the engine's device, and never grows. All random numbers are the
 * caller's.
 *
 * <p>Source: Tieleman (2008); Du and Mordatch (2019), section 3.3.
 */
public final class ReplayBuffer implements AutoCloseable {
    private static final int CAPACITY = 8192;
    private static final double RESTARTS = 0.05;
    private static final int BLOCK = 256;

    private final NDManager manager;
    private final NDArray points;
    private final Batches fresh;
    private final double restarts;
    private final int capacity;

    /**
     * Points that chains start from.
     *
     * @param rows where they lie in the buffer, all different
     * @param points a copy, of shape (n, ...)
     * @param restarted how many of them are new
     */
    public record Draw(int[] rows, NDArray points, int restarted) {}

    /**
     * A buffer full of new points.
     *
     * @param parent of its memory
     * @param point the shape of one point
     * @param capacity how many points, at least 1
     * @param restarts the chance that a point which is drawn is replaced by a new one, from 0 to 1
     * @param fresh where new points come from
     * @param random for the points it begins with
     */
    public ReplayBuffer(
            NDManager parent, Shape point, int capacity, double restarts, Batches fresh, RandomGenerator random) {
        Require.given("parent", parent);
        Require.given("random", random);
        Require.atLeast("capacity", capacity, 1);
        Require.share("restarts", restarts);
        this.capacity = capacity;
        this.restarts = restarts;
        this.fresh = Require.given("fresh", fresh);
        manager = parent.newSubManager();
        points = manager.zeros(new Shape(capacity).addAll(Require.given("point", point)), DataType.FLOAT32);
        Blocks.forEach(capacity, BLOCK, manager, (arrays, rows) -> renew(rows, random));
    }

    /** 8,192 images, uniform from -1 to 1 where they are new, of which 5 % are new at each draw. */
    public static ReplayBuffer ofImages(NDManager parent, Shape image, RandomGenerator random) {
        Require.given("image", image);
        return new ReplayBuffer(parent, image, CAPACITY, RESTARTS, uniform(image, -1, 1), random);
    }

    /** Points whose components are independent and uniform from low to high. */
    public static Batches uniform(Shape point, double low, double high) {
        Require.given("point", point);
        if (!(low < high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException(
                    "low must be below high, and both finite, but they are " + low + " and " + high);
        }
        return (manager, size, random) -> {
            Shape shape = new Shape(size).addAll(point);
            float[] numbers = new float[Math.toIntExact(shape.size())];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) random.nextDouble(low, high);
            }
            return manager.create(numbers, shape);
        };
    }

    /**
     * Draws different rows, all sets of them equally likely, and lets some begin anew.
     *
     * @param arrays that the points belong to
     * @param n from 1 to the capacity
     */
    public Draw draw(NDManager arrays, int n, RandomGenerator random) {
        if (n < 1 || n > capacity) {
            throw new IllegalArgumentException(
                    "n must be from 1 to the buffer's capacity, " + capacity + ", but is " + n);
        }
        int[] rows = differentRows(n, random);
        int[] renewed =
                IntStream.of(rows).filter(row -> random.nextDouble() < restarts).toArray();
        renew(renewed, random);
        return new Draw(rows, Torch.rows(arrays, points, rows), renewed.length);
    }

    /**
     * Floyd's algorithm, which needs memory for n rows only. Rows drawn twice would be put back in no certain order.
     *
     * <p>Source: Bentley and Floyd, A Sample of Brilliance (1987).
     */
    private int[] differentRows(int n, RandomGenerator random) {
        Set<Integer> rows = new LinkedHashSet<>();
        for (int last = capacity - n; last < capacity; last++) {
            int row = random.nextInt(last + 1);
            if (!rows.add(row)) {
                rows.add(last);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    private void renew(int[] rows, RandomGenerator random) {
        if (rows.length > 0) {
            try (NDManager arrays = manager.newSubManager()) {
                Torch.copyRows(fresh.next(arrays, rows.length, random), points, rows);
            }
        }
    }

    /**
     * Keeps where chains ended in place of where they started.
     *
     * @param ends of the shape of the points drawn, finite
     */
    public void put(Draw draw, NDArray ends) {
        Torch.copyRows(ends, points, draw.rows());
    }

    /** All that it remembers, as it is now and not as a copy: {@code points} of shape (capacity, ...). */
    public Map<String, NDArray> state() {
        return Map.of("points", points);
    }

    /**
     * Goes on from a {@link #state}, which is copied.
     *
     * @throws IllegalArgumentException if it is not of a buffer of this capacity and shape
     */
    public void load(Map<String, NDArray> saved) {
        if (!saved.keySet().equals(state().keySet())) {
            throw new IllegalArgumentException("saved must have the array points, but has " + saved.keySet());
        }
        Torch.copy(saved.get("points"), points);
    }

    /** Frees its memory. */
    @Override
    public void close() {
        manager.close();
    }
}
