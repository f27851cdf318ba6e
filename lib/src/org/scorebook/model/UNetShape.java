package org.scorebook.model;

import java.util.Arrays;
import java.util.List;
import org.scorebook.base.Require;

/**
 * What a {@link UNet} is made of.
 *
 * @param channels of the image, 1 or 3
 * @param side H and W of the image, divisible by 2 for each level but the first
 * @param base channels of the first level, even
 * @param multipliers channels of each level, from the largest image to the smallest, in multiples of base
 * @param blocks residual blocks a level on the way down; one more on the way up
 * @param attention sides of the images, between which and the blocks attention is put; the middle always has it
 * @param heads of each attention
 * @param groups of each group normalization; divides every number of channels
 * @param dropout probability in residual blocks, from 0 to below 1
 * @param film whether the time scales and shifts (FiLM), or is added
 * @param classes how many labels there are; 0 for a network without
 */
public record UNetShape(
        int channels,
        int side,
        int base,
        List<Integer> multipliers,
        int blocks,
        List<Integer> attention,
        int heads,
        int groups,
        double dropout,
        boolean film,
        int classes) {
    public UNetShape {
        Require.atLeast("channels", channels, 1);
        Require.atLeast("base", base, 1);
        if (base % 2 != 0) {
            throw new IllegalArgumentException(
                    "base must be even, for as many sines as cosines of the time, but is " + base);
        }
        Require.atLeast("blocks", blocks, 1);
        Require.atLeast("classes", classes, 0);
        multipliers = copy("multipliers", multipliers);
        attention = copy("attention", attention);
        if (multipliers.isEmpty() || multipliers.stream().anyMatch(m -> m < 1)) {
            throw new IllegalArgumentException(
                    "multipliers must be at least one positive number, but are " + multipliers);
        }
        Require.below("dropout", dropout, 1);
        int divisor = 1 << (multipliers.size() - 1);
        if (side < divisor || side % divisor != 0) {
            throw new IllegalArgumentException(
                    "side must be divisible by " + divisor + " for " + multipliers.size() + " levels, but is " + side);
        }
    }

    private static List<Integer> copy(String name, List<Integer> numbers) {
        Require.given(name, numbers).forEach(number -> Require.given("each of " + name, number));
        return List.copyOf(numbers);
    }

    /**
     * Two blocks a level, attention in the middle only, one head, 8 groups, no dropout, the time added, no classes.
     *
     * @param multipliers one for each level
     */
    public static UNetShape of(int channels, int side, int base, Integer... multipliers) {
        Require.given("multipliers", multipliers);
        return new UNetShape(channels, side, base, Arrays.asList(multipliers), 2, List.of(), 1, 8, 0, false, 0);
    }

    /** With so many blocks a level. */
    public UNetShape withBlocks(int number) {
        return new UNetShape(
                channels, side, base, multipliers, number, attention, heads, groups, dropout, film, classes);
    }

    /** With attention at these sides too. */
    public UNetShape withAttention(Integer... sides) {
        return new UNetShape(
                channels,
                side,
                base,
                multipliers,
                blocks,
                Arrays.asList(Require.given("sides", sides)),
                heads,
                groups,
                dropout,
                film,
                classes);
    }

    /** With this dropout. */
    public UNetShape withDropout(double probability) {
        return new UNetShape(
                channels, side, base, multipliers, blocks, attention, heads, groups, probability, film, classes);
    }

    /** With the time scaling and shifting the features. */
    public UNetShape withFilm() {
        return new UNetShape(
                channels, side, base, multipliers, blocks, attention, heads, groups, dropout, true, classes);
    }

    /** With an embedding of so many classes, and of none. */
    public UNetShape withClasses(int number) {
        return new UNetShape(
                channels, side, base, multipliers, blocks, attention, heads, groups, dropout, film, number);
    }

    /** How many channels a level has. */
    int width(int level) {
        return base * multipliers.get(level);
    }

    int levels() {
        return multipliers.size();
    }

    boolean attends(int level) {
        return attention.contains(side >> level);
    }
}
