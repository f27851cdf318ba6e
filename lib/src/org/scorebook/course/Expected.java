package org.scorebook.course;

import java.util.Arrays;
import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Numbers that are known.
 *
 * @param right the right ones
 * @param tolerance how far each may be off
 */
record Expected(Numbers right, double tolerance) implements Judge {
    @Override
    public String problem(Object answer) {
        Numbers came;
        try {
            came = Numbers.of(answer);
        } catch (Numbers.None e) {
            return "expected " + right.kind() + ", but " + e.getMessage();
        }
        if (!came.hasShapeOf(right)) {
            return "expected " + right.kind() + ", but came " + came.kind();
        }
        BitSet wrong = wrong(came);
        return wrong.isEmpty() ? "" : difference(came, wrong);
    }

    /** Which elements are off; all where the shape is another. */
    BitSet wrong(Numbers came) {
        BitSet wrong = new BitSet();
        for (int i = 0; i < came.values().length; i++) {
            wrong.set(i, !came.hasShapeOf(right) || !isClose(came.values()[i], right.values()[i]));
        }
        return wrong;
    }

    /** Whether an answer is this wrong one, to five digits. */
    boolean isMistake(Numbers mistake, Object answer) {
        double largest = Arrays.stream(mistake.values()).map(Math::abs).max().orElse(0);
        return new Expected(mistake, Math.max(tolerance, 1e-5 * largest))
                .problem(answer)
                .isEmpty();
    }

    /** Whether these elements are what a change makes of the right ones, as far as those are known, and the others are right. */
    boolean turnsInto(Numbers came, BitSet which, DoubleUnaryOperator change) {
        return came.hasShapeOf(right)
                && IntStream.range(0, came.values().length)
                        .allMatch(i -> which.get(i)
                                ? isChanged(came.values()[i], right.values()[i], change)
                                : isClose(came.values()[i], right.values()[i]));
    }

    /** Whether it is between what the change makes of the largest and the smallest number that would be right. */
    private boolean isChanged(double came, double expected, DoubleUnaryOperator change) {
        double nearestToZero =
                Math.abs(expected) <= tolerance ? 0 : expected; // where a square is least, and a root ends
        double[] changed = DoubleStream.of(expected - tolerance, nearestToZero, expected + tolerance)
                .map(change)
                .toArray();
        if (Double.isNaN(came)) {
            return Arrays.stream(changed).anyMatch(Double::isNaN);
        }
        double slack = 1e-12 * Math.abs(came);
        DoubleSummaryStatistics range =
                Arrays.stream(changed).filter(value -> !Double.isNaN(value)).summaryStatistics();
        return came >= range.getMin() - slack && came <= range.getMax() + slack;
    }

    private boolean isClose(double came, double expected) {
        return came == expected || Math.abs(came - expected) <= tolerance; // NaN is not
    }

    private String difference(Numbers came, BitSet wrong) {
        int first = wrong.nextSetBit(0);
        double value = came.values()[first];
        double expected = right.values()[first];
        String[] both = Wording.pair(expected, value);
        String place = came.place(first);
        return (place.isEmpty() ? "" : "at " + place + " ")
                + "expected " + both[0] + within() + ", but came " + both[1] + Wording.off(value, expected)
                + (right.values().length == 1
                        ? ""
                        : "; wrong: " + wrong.cardinality() + " of " + right.values().length);
    }

    private String within() {
        return tolerance == 0 ? " exactly" : " within " + Wording.number(tolerance);
    }

    @Override
    public String claim() {
        return within().strip();
    }
}
