package org.scorebook.feed;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.scorebook.base.Shuffle;

/**
 * Which rows make up each batch of each epoch, and which of them are mirrored. All of it follows from seed, epoch and row
 * alone, so that there is no state to save.
 *
 * @param size of the set
 * @param batchSize rows in a batch
 * @param seed of order and mirroring
 * @param flip whether half of the images, others in each epoch, are mirrored
 */
record EpochOrder(int size, int batchSize, long seed, boolean flip) {
    /** Whole batches in an epoch. */
    int batches() {
        return size / batchSize;
    }

    /** All rows in the order of an epoch, which is random. */
    int[] rows(int epoch) {
        return Shuffle.of(size, new SplittableRandom(mixed(seed, epoch)));
    }

    /** The rows of one batch. */
    int[] rows(int[] epochRows, int batch) {
        int from = batch * batchSize;
        return Arrays.copyOfRange(epochRows, from, from + batchSize);
    }

    /** Whether a row is mirrored in an epoch. */
    boolean flipped(int epoch, int row) {
        return flip && (mixed(mixed(~seed, epoch), row) & 1) == 1;
    }

    /**
     * A random number that belongs to two numbers. SplittableRandom cannot make it, since neighbouring seeds that differ by
     * its step give the same sequence, shifted; so both go through its mixing function (Steele et al., 2014, figure 16).
     */
    private static long mixed(long seed, long number) {
        return mix64(mix64(seed) + number);
    }

    private static long mix64(long z) {
        long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }
}
