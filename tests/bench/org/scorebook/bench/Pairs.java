package org.scorebook.bench;

import java.io.IOException;
import java.util.Arrays;

/**
 * Two processes that worked in turn, so that what else the machine did slowed both.
 *
 * @param ours seconds of each of our turns
 * @param others of the other's, each beside ours
 */
record Pairs(double[] ours, double[] others) {
    /**
     * Lets them take turns; who begins changes from pair to pair.
     *
     * @param warmups pairs that are not counted
     */
    static Pairs of(WorkProcess ours, WorkProcess other, int warmups, int pairs) throws IOException {
        double[][] seconds = new double[2][pairs];
        for (int i = -warmups; i < pairs; i++) {
            double[] pair = new double[2];
            for (int turn = 0; turn < 2; turn++) {
                int who = (i + turn) & 1;
                pair[who] = (who == 0 ? ours : other).seconds();
            }
            if (i >= 0) {
                seconds[0][i] = pair[0];
                seconds[1][i] = pair[1];
            }
        }
        return new Pairs(seconds[0], seconds[1]);
    }

    /** How many times as long the other takes: one ratio a pair, from the least to the greatest. */
    double[] ratios() {
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, i -> others[i] / ours[i]);
        Arrays.sort(ratios);
        return ratios;
    }

    /** The middle one, or the mean of the two in the middle. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
