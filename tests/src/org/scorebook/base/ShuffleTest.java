package org.scorebook.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {
    /** What trained networks and splits were drawn with must not change. */
    @Test
    void theDrawsAreThoseOfCollections() {
        List<Integer> expected = new ArrayList<>(IntStream.range(0, 784).boxed().toList());
        Collections.shuffle(expected, new Random(5));
        assertEquals(
                expected, IntStream.of(Shuffle.of(784, new Random(5))).boxed().toList());
    }

    /** Shuffled again and again: each of the six orders of three numbers within five deviations of a sixth. */
    @Test
    void allOrdersAreEquallyLikely() {
        SplittableRandom random = new SplittableRandom(1);
        int[] order = {0, 1, 2};
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (int i = 0; i < 6000; i++) {
            Shuffle.inPlace(order, random);
            counts.merge(IntStream.of(order).boxed().toList(), 1, Integer::sum);
        }
        assertEquals(6, counts.size());
        counts.values().forEach(count -> assertEquals(1000, count, 145));
    }

    @Test
    void noneAndOneStay() {
        assertArrayEquals(new int[0], Shuffle.of(0, new Random(1)));
        assertArrayEquals(new int[] {0}, Shuffle.of(1, new Random(1)));
    }
}
