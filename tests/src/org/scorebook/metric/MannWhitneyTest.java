package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {
    private static double[] range(int from, int to) {
        return IntStream.range(from, to).asDoubleStream().toArray();
    }

    /** The values of SciPy 1.17.1's {@code mannwhitneyu(a, b, alternative="less", method="asymptotic")}. */
    @Test
    void isSciPys() {
        double[] a = {19, 22, 16, 29, 24};
        double[] b = {20, 11, 17, 12};
        assertEquals(17, MannWhitney.less(a, b).u(), 0);
        assertEquals(0.9669037101389033, MannWhitney.less(a, b).p(), 1e-14);
        assertEquals(0.055673443266570206, MannWhitney.less(b, a).p(), 1e-14);
        double[] tied = {1, 1, 2, 2, 3, 5, 5, 8};
        MannWhitney ties = MannWhitney.less(tied, new double[] {2, 3, 3, 5, 6, 7, 8, 8, 9, 9});
        assertEquals(17, ties.u(), 0);
        assertEquals(0.021795191421763276, ties.p(), 1e-14);
        double tiny = MannWhitney.less(range(0, 100), range(150, 250)).p();
        assertEquals(1, tiny / 1.2810718345817004e-34, 1e-10);
    }

    /** Of 8 and 8 different values all 12,870 arrangements are equally likely. */
    @Test
    void isNearTheExactDistribution() {
        int[] counts = new int[65];
        for (int places = 0; places < 1 << 16; places++) {
            if (Integer.bitCount(places) == 8) {
                counts[u(places)]++;
            }
        }
        int[] below = counts.clone();
        Arrays.parallelPrefix(below, Integer::sum);
        for (int places = 0; places < 1 << 16; places += 7) {
            if (Integer.bitCount(places) == 8) {
                MannWhitney found = MannWhitney.less(values(places, 1), values(places, 0));
                assertEquals(u(places), found.u(), 0);
                assertEquals(below[u(places)] / 12870.0, found.p(), 0.007);
            }
        }
    }

    /** Pairs of a set place that stands after a place that is not set. */
    private static int u(int places) {
        return IntStream.range(0, 16)
                .filter(i -> (places >> i & 1) == 1)
                .map(i -> i - Integer.bitCount(places & (1 << i) - 1))
                .sum();
    }

    private static double[] values(int places, int bit) {
        return IntStream.range(0, 16)
                .filter(i -> (places >> i & 1) == bit)
                .asDoubleStream()
                .toArray();
    }

    /** Where both are one distribution, with many ties, p is below a level about as often as the level says. */
    @Test
    void isRarelySmallByChance() {
        SplittableRandom random = new SplittableRandom(4);
        int rounds = 4000;
        long small = IntStream.range(0, rounds)
                .filter(round ->
                        MannWhitney.less(ties(random, 40), ties(random, 60)).p() < 0.05)
                .count();
        assertEquals(0.05, small / (double) rounds, 0.011, "three standard errors");
    }

    private static double[] ties(SplittableRandom random, int n) {
        return random.ints(n, 0, 5).asDoubleStream().toArray();
    }

    @Test
    void theExtremesAreExact() {
        double[] same = {3, 3, 3};
        assertEquals(1, MannWhitney.less(same, same).p(), 0);
        assertEquals(0.5, MannWhitney.less(same, same).auroc(), 0);
        assertEquals(0, MannWhitney.less(range(0, 3), range(5, 9)).auroc(), 0);
        assertEquals(
                "AUROC 1.000, p = 1.0",
                MannWhitney.less(range(5, 100), range(0, 5)).toString());
        assertEquals(
                "b must be at least one number and no NaN, but are empty",
                message(() -> MannWhitney.less(same, new double[0])));
    }
}
