package org.scorebook.base;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random orders, all equally likely (Fisher and Yates); with one {@code Random} the same as of {@code Collections.shuffle}. */
public final class Shuffle {
    private Shuffle() {}

    /** The numbers from 0 to n - 1 in random order. */
    public static int[] of(int n, RandomGenerator random) {
        return inPlace(IntStream.range(0, n).toArray(), random);
    }

    /** The same array, its numbers in another order. */
    public static int[] inPlace(int[] numbers, RandomGenerator random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = number;
        }
        return numbers;
    }
}
