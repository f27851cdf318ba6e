package org.scorebook.model;

import java.util.Arrays;
import org.scorebook.base.Require;

/** The widths of a network's layers. */
final class Widths {
    private Widths() {}

    /** The numbers of outputs of all layers: the hidden ones and then the dimension. */
    static int[] checked(int dimension, int[] hidden) {
        Require.atLeast("dimension", dimension, 1);
        if (Require.given("hidden", hidden).length == 0
                || !Arrays.stream(hidden).allMatch(width -> width > 0)) {
            throw new IllegalArgumentException(
                    "hidden must be at least one positive number of units, but is " + Arrays.toString(hidden));
        }
        int[] widths = Arrays.copyOf(hidden, hidden.length + 1);
        widths[hidden.length] = dimension;
        return widths;
    }
}
