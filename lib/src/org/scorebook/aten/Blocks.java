package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.stream.IntStream;
import org.scorebook.base.Require;

/** Rows in their order, a block at a time, so that memory does not grow with their number. */
public final class Blocks {
    private Blocks() {}

    /** What is done with a block. */
    @FunctionalInterface
    public interface RowUse {
        /**
         * @param arrays owner of what is made from the block; closed afterwards
         * @param rows the numbers of the block's rows
         */
        void accept(NDManager arrays, int... rows);
    }

    /** What is done with a block of an array. */
    @FunctionalInterface
    public interface ArrayUse {
        /**
         * @param first number of the block's first row
         * @param rows of shape (B, ...), closed afterwards with all that is made from them
         */
        void accept(int first, NDArray rows);
    }

    /**
     * Hands over the rows from 0 to count - 1.
     *
     * @param size rows in a block, at least 1; the last block has what is left
     * @param manager parent of the blocks' own
     */
    public static void forEach(int count, int size, NDManager manager, RowUse use) {
        Require.atLeast("size", size, 1);
        Require.given("manager", manager);
        Require.given("use", use);
        for (int from = 0; from < count; from += Math.min(size, count - from)) {
            try (NDManager arrays = manager.newSubManager()) {
                use.accept(
                        arrays,
                        IntStream.range(from, from + Math.min(size, count - from))
                                .toArray());
            }
        }
    }

    /** As {@link #forEach(int, int, NDManager, RowUse)}, the rows of an array of shape (N, ...), which stays its owner's. */
    public static void forEach(NDArray array, int size, NDManager manager, ArrayUse use) {
        Require.given("use", use);
        int count = Math.toIntExact(Require.given("array", array).getShape().get(0));
        forEach(count, size, manager, (arrays, rows) -> {
            NDArray some = array.get(new NDIndex("{}:{}", rows[0], rows[0] + rows.length));
            some.attach(arrays);
            use.accept(rows[0], some);
        });
    }
}
