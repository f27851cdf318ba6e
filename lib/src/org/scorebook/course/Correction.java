package org.scorebook.course;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** A change of an answer's numbers. An answer that is right with it has the mistake that the hint names. */
record Correction(String hint, Repair repair) {
    /** The numbers with some elements changed, or {@code null} where the change is not for them. */
    @FunctionalInterface
    interface Repair {
        Numbers of(Numbers answer, BitSet which, Map<String, Object> given);
    }

    private static final List<Correction> ALWAYS = List.of(
            each("with the other sign your value is right: " + Variation.Wrong.OPPOSITE.advice(), x -> -x),
            each("half of your value is right: " + Variation.Wrong.HALF.advice(), x -> x / 2),
            each("twice your value is right: " + Variation.Wrong.TWICE.advice(), x -> 2 * x),
            each("the root of your value is right: " + Variation.Wrong.ROOT.advice(), Math::sqrt),
            each("the square of your value is right: " + Variation.Wrong.SQUARE.advice(), x -> x * x),
            each(
                    "one divided by your value is right: look at what is divided by what, and at the signs of exponents",
                    x -> 1 / x),
            each("one minus your value is right", x -> 1 - x),
            each("your value is one too small: it is off by one", x -> whole(x + 1)),
            each("your value is one too large: it is off by one", x -> whole(x - 1)),
            each("the exponential of your value is right", Math::exp),
            each("the logarithm of your value is right", Math::log),
            new Correction(
                    "in reverse order your values are right",
                    (answer, which, given) -> answer.shape().length == 1 ? answer.reversed() : null),
            new Correction(
                    "with rows and columns exchanged your values are right: look at the order of the axes",
                    (answer, which, given) -> answer.shape().length == 2 ? answer.transposed() : null));

    /** The answer with these elements changed; itself where there are none, or the change is not for it. */
    Numbers of(Numbers answer, BitSet which, Map<String, Object> given) {
        Numbers changed = which.isEmpty() ? null : repair.of(answer, which, given);
        return changed == null ? answer : changed;
    }

    private static double whole(double value) {
        return value == Math.rint(value) ? value : Double.NaN;
    }

    private static Correction each(String hint, DoubleUnaryOperator change) {
        return new Correction(hint, (answer, which, given) -> changed(answer, which, change));
    }

    private static Numbers changed(Numbers answer, BitSet which, DoubleUnaryOperator change) {
        double[] values = answer.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = which.get(i) ? change.applyAsDouble(values[i]) : values[i];
        }
        return new Numbers(values, answer.shape());
    }

    /** All that there are for what a student's code was given. */
    static List<Correction> of(Map<String, Object> seen) {
        List<Correction> all = new ArrayList<>(ALWAYS);
        seen.forEach((name, value) -> {
            if (length(value) > 1) {
                all.add(byLength(
                        "your value times the number of elements of %s is right: a mean in place of a sum?", name, 1));
                all.add(byLength(
                        "your value divided by the number of elements of %s is right: a sum in place of a mean?",
                        name, -1));
            }
        });
        return all;
    }

    private static Correction byLength(String hint, String name, int power) {
        return new Correction(String.format(hint, name), (answer, which, given) -> {
            double factor = Math.pow(length(given.get(name)), power);
            return given.containsKey(name) ? changed(answer, which, x -> x * factor) : null;
        });
    }

    private static int length(Object value) {
        try {
            Numbers numbers = Numbers.of(value);
            return numbers.shape().length == 0 ? 0 : (int) numbers.shape()[0];
        } catch (Numbers.None e) {
            return 0;
        }
    }
}
