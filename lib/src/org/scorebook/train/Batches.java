package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/** Where a training step takes its points from. */
@FunctionalInterface
public interface Batches {
    /**
     * @param manager that the batch belongs to
     * @param size B, how many points, at least 1
     * @param random for choosing them
     * @return of shape (B, ...)
     */
    NDArray next(NDManager manager, int size, RandomGenerator random);

    /**
     * Points of a fixed set, each drawn anew and independently.
     *
     * @param points of shape (N, ...), at least one
     */
    static Batches from(NDArray points) {
        int n = Math.toIntExact(ArrayChecks.points("points", points).getShape().get(0));
        return (manager, size, random) -> {
            Require.atLeast("size", size, 1);
            int[] rows = Require.given("random", random).ints(size, 0, n).toArray();
            return Torch.rows(manager, points, rows);
        };
    }
}
