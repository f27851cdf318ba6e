package org.scorebook.bench;

import java.io.IOException;

/**
 * What came of taking turns.
 *
 * @param pairs the seconds
 * @param memory the most of ours and of the other's, in bytes
 * @param pages that ours and the other asked the system for in a turn
 */
record Turns(Pairs pairs, long[] memory, double[] pages) {
    static Turns of(WorkProcess ours, WorkProcess other, int warmups, int pairs) throws IOException {
        Pairs.of(ours, other, warmups, 0);
        long[] before = {ours.faults(), other.faults()};
        Pairs counted = Pairs.of(ours, other, 0, pairs);
        double[] pages = {(double) (ours.faults() - before[0]) / pairs, (double) (other.faults() - before[1]) / pairs};
        return new Turns(counted, new long[] {ours.memory(), other.memory()}, pages);
    }

    /** Ours, with nobody beside it. */
    static Turns alone(WorkProcess ours, int warmups, int turns) throws IOException {
        for (int i = 0; i < warmups; i++) {
            ours.seconds();
        }
        long before = ours.faults();
        double[] seconds = new double[turns];
        for (int i = 0; i < turns; i++) {
            seconds[i] = ours.seconds();
        }
        double pages = (double) (ours.faults() - before) / turns;
        return new Turns(new Pairs(seconds, new double[0]), new long[] {ours.memory()}, new double[] {pages});
    }

    Figure figure(String name, String other, int images, int steps, double roof) {
        return new Figure(name, pairs, other, images, steps, roof, memory, pages);
    }
}
