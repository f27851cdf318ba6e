package org.scorebook.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Orders of the rows of a set. */
final class Rows {
    private Rows() {}

    /** All rows in random order: the same seed gives the same order. */
    static int[] shuffled(int n, long seed) {
        return shuffled(IntStream.range(0, n).toArray(), new SplittableRandom(seed));
    }

    /** Puts rows in random order in place (Fisher and Yates). */
    static int[] shuffled(int[] rows, RandomGenerator random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int row = rows[i];
            rows[i] = rows[j];
            rows[j] = row;
        }
        return rows;
    }
}
