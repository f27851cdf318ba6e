package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.scorebook.Refusal.message;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitsTest {
    @Test
    void everyImageIsInOnePart() {
        ImageSet all = numbered(200, 3);
        Splits splits = Splits.stratified(all, 1);
        int[] together = Stream.of(splits.train(), splits.validation(), splits.test())
                .flatMapToInt(SplitsTest::numbers)
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, 200).toArray(), together);
        assertEquals(160, splits.train().size());
        assertEquals(20, splits.validation().size());
        assertArrayEquals(new int[] {7, 7, 6}, splits.test().classSizes());
    }

    @Test
    void theFirstImagesStandForAll() {
        int[] sizes = Splits.stratified(numbered(250, 5), 1).first(50).train().classSizes();
        for (int size : sizes) {
            assertEquals(10, size, 7);
        }
        assertEquals(4, Splits.stratified(numbered(250, 5), 1).first(4).test().size());
    }

    @Test
    void theSeedDecides() {
        ImageSet all = numbered(100, 2);
        int[] first = numbers(Splits.stratified(all, 1).test()).toArray();
        assertArrayEquals(first, numbers(Splits.stratified(all, 1).test()).toArray());
        assertFalse(
                Arrays.equals(first, numbers(Splits.stratified(all, 2).test()).toArray()));
    }

    @Test
    void validationIsDrawnFromTraining() {
        ImageSet test = numbered(7, 2);
        Splits splits = Splits.withTest(numbered(50, 2), test, 5, 3);
        assertEquals(45, splits.train().size());
        assertEquals(test, splits.test());
        int[] kept = numbers(splits.train()).toArray();
        assertArrayEquals(Arrays.stream(kept).sorted().toArray(), kept, "in the published order");
        assertEquals(
                50,
                Stream.of(splits.train(), splits.validation())
                        .flatMapToInt(SplitsTest::numbers)
                        .distinct()
                        .count());
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "number of images must be at least 10, but is 9", message(() -> Splits.stratified(numbered(9, 1), 0)));
        ImageSet two = numbered(20, 2);
        assertEquals("validation must be from 0 to 19, but is 20", message(() -> Splits.withTest(two, two, 20, 0)));
        assertEquals("validation must be at least 1, but is 0", message(() -> Splits.withTest(two, two, 0, 0)));
        assertEquals(
                "test must have images of shape (1, 1, 1) in classes [0, 1] as train has, but has (1, 1, 1) in [0, 1, 2]",
                message(() -> new Splits(two, two, numbered(9, 3))));
    }

    /** Images of one pixel, each of another value, with classes in turn. */
    private static ImageSet numbered(int n, int classes) {
        byte[] bytes = new byte[n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) i;
            labels[i] = i % classes;
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new ImageSet("numbers", bytes, 1, 1, 1, labels, names);
    }

    private static IntStream numbers(ImageSet set) {
        return IntStream.range(0, set.size()).map(i -> set.picture(i).getRGB(0, 0) & 0xff);
    }
}
