package org.scorebook.course;

import org.scorebook.base.Require;

/**
 * What an exercise is given: {@code () -> exercise3(given("x", 0.4), given("h", 0.01))}. To a check that passes it is the value itself.
 * When a check fails, the student's code is asked again with likely wrong versions of the value, such as its square or its opposite,
 * or with two values exchanged: where that makes every check of the exercise pass, the hint names it.
 */
public final class Given {
    private Given() {}

    /** A real number, for instance a deviation or the size of a step. */
    public static double given(String name, double value) {
        return (double) take(name, value);
    }

    /** As {@link #given(String, double)}. */
    public static float given(String name, float value) {
        return (float) take(name, value);
    }

    /** A whole number, for instance the number of a step: tried as the one before and the one after, too. */
    public static int given(String name, int value) {
        return (int) take(name, value);
    }

    /** As {@link #given(String, int)}. */
    public static long given(String name, long value) {
        return (long) take(name, value);
    }

    /**
     * Anything else. The elements of an array are tried in reverse order and with the opposite sign, and those of {@code double[][]}
     * with rows and columns exchanged; the length of an array says what a mean and a sum differ by.
     *
     * @param name as the exercise calls it
     */
    @SuppressWarnings("unchecked")
    public static <T> T given(String name, T value) {
        return (T) take(name, Require.given("value", value));
    }

    private static Object take(String name, Object value) {
        return Asking.given(Require.given("name", name), value);
    }
}
