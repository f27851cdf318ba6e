package org.scorebook.course;

import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;

/** A change that cannot be taken back: it loses a sign, or all of a number. It is tried on the right numbers. */
record Slip(String hint, DoubleUnaryOperator change) {
    /** All that are tried, in this order. */
    static final List<Slip> ALL = List.of(
            new Slip(
                    "the square of the right value came, without its sign: look for a missing root, or a square too many",
                    x -> x * x),
            new Slip(
                    "the root of the right value came (a negative one has none): look for a missing square, or a root too many",
                    Math::sqrt));

    /** Whether it makes what came of the right numbers, in these elements. */
    boolean leads(Expected right, Numbers came, IntFunction<BitSet> elements) {
        return right.turnsInto(came, elements.apply(came.size()), change);
    }
}
