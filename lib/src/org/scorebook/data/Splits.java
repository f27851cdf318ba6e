package org.scorebook.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.scorebook.base.Require;
import org.scorebook.base.Shuffle;

/**
 * An image set in three parts that share no image, all of one shape and with the same classes. The rows of each part are
 * in random order, so that its first ones stand for all.
 *
 * @param train to learn from
 * @param validation to choose settings by
 * @param test to measure the result on, once
 */
public record Splits(ImageSet train, ImageSet validation, ImageSet test) {
    static final int PARTS = 10;

    /** @throws IllegalArgumentException if shapes or classes differ */
    public Splits {
        Require.given("train", train);
        requireLike(train, "validation", validation);
        requireLike(train, "test", test);
    }

    /**
     * For sets that come with a test part: the validation images are drawn from the training images.
     *
     * @param published the training images as published; those that are not drawn keep their order
     * @param test the test images as published
     * @param validation how many to draw, at least 1 and fewer than there are
     * @param seed of the draw: the same seed gives the same rows
     */
    public static Splits withTest(ImageSet published, ImageSet test, int validation, long seed) {
        Require.given("test", test);
        int[][] rows = heldRows(Require.given("published", published).size(), validation, seed);
        return new Splits(published.subset(rows[0]), published.subset(rows[1]), test);
    }

    /** The rows that are kept, in order, and those that are drawn. */
    static int[][] heldRows(int size, int validation, long seed) {
        Require.atLeast("validation", validation, 1);
        Require.index("validation", validation, size);
        int[] rows = Shuffle.of(size, new SplittableRandom(seed));
        int[] kept = Arrays.copyOfRange(rows, validation, size);
        Arrays.sort(kept);
        return new int[][] {kept, Arrays.copyOf(rows, validation)};
    }

    /**
     * For sets in one piece: 80 % to train, 10 % to validate, 10 % to test, and so within each class as far as whole images
     * allow.
     *
     * @param all at least 10 images
     * @param seed of the draw: the same seed gives the same rows
     */
    public static Splits stratified(ImageSet all, long seed) {
        int[][] rows = stratifiedRows(Require.given("all", all).labels(), seed);
        return new Splits(all.subset(rows[0]), all.subset(rows[1]), all.subset(rows[2]));
    }

    /** The rows that train, validate and test. */
    static int[][] stratifiedRows(int[] labels, long seed) {
        Require.atLeast("number of images", labels.length, PARTS);
        int[] random = Shuffle.of(labels.length, new SplittableRandom(seed));
        int[] byClass = Arrays.stream(random)
                .boxed()
                .sorted(Comparator.comparingInt(row -> labels[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] part = new int[labels.length];
        for (int i = 0; i < byClass.length; i++) {
            part[byClass[i]] = i % PARTS;
        }
        return new int[][] {
            where(random, row -> part[row] > 1),
            where(random, row -> part[row] == 1),
            where(random, row -> part[row] == 0)
        };
    }

    /** The first images of each part, at most so many. */
    public Splits first(int n) {
        return new Splits(train.first(n), validation.first(n), test.first(n));
    }

    private static int[] where(int[] rows, IntPredicate wanted) {
        return IntStream.of(rows).filter(wanted).toArray();
    }

    private static void requireLike(ImageSet train, String name, ImageSet part) {
        Require.given(name, part);
        if (!part.imageShape().equals(train.imageShape()) || !part.classNames().equals(train.classNames())) {
            throw new IllegalArgumentException(
                    name + " must have images of shape " + train.imageShape() + " in classes " + train.classNames()
                            + " as train has, but has " + part.imageShape() + " in " + part.classNames());
        }
    }
}
