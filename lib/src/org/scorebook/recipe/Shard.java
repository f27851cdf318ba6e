package org.scorebook.recipe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.scorebook.base.Require;

/**
 * One of the equal shares of a {@link Drawing} that as many processes draw: of its batches those whose number leaves the rest
 * {@code index} when it is divided by {@code count}. Shares are of whole batches, so that what is drawn together, and by that each
 * last bit, does not depend on how many shares there are.
 *
 * @param index from 0
 * @param count how many shares there are, at least 1
 */
public record Shard(int index, int count) {
    /** All of it. */
    public static final Shard WHOLE = new Shard(0, 1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    public Shard {
        Require.atLeast("the number of shards", count, 1);
        Require.index("shard", index, count);
    }

    /** Of {@code K/M}: share K, from 0, of M. */
    public static Shard parse(String text) {
        Matcher matcher = TEXT.matcher(Require.given("text", text).strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "shard must be K/M, share K of M, counted from 0, such as 0/8 to 7/8, but is " + text);
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * The first image of each batch of this share.
     *
     * @param number of images in all
     * @param batchSize images drawn together, at least 1
     */
    public int[] firsts(int number, int batchSize) {
        return IntStream.range(0, batches(number, batchSize))
                .filter(batch -> batch % count == index)
                .map(batch -> batch * batchSize)
                .toArray();
    }

    /** @throws IllegalArgumentException where there are fewer batches than shares, so that some have nothing to draw */
    public void requireWork(int number, int batchSize) {
        int batches = batches(number, batchSize);
        if (count > batches) {
            throw new IllegalArgumentException("shard must be one of at most " + batches + ", for " + number
                    + " images are " + batches + (batches == 1 ? " batch" : " batches") + " of " + batchSize
                    + ", but is "
                    + this + "; a smaller --batch-size makes more");
        }
    }

    private static int batches(int number, int batchSize) {
        return (number - 1) / batchSize + 1;
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        return index + "/" + count;
    }
}
