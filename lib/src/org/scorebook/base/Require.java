package org.scorebook.base;

/** Argument checks that name the argument, its value and what would be right. */
public final class Require {
    private Require() {}

    /** An object that is kept for later, which it returns: used then, null would be found far from where it came in. */
    public static <T> T given(String name, T value) {
        if (value == null) {
            throw new NullPointerException(name + " must be given, but is null");
        }
        return value;
    }

    /** A positive, finite number. */
    public static void positive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
        }
    }

    /** A number that may be 0 and is finite. */
    public static void notNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be 0 or more and finite, but is " + value);
        }
    }

    /** Neither infinite nor NaN. */
    public static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, but is " + value);
        }
    }

    /** A count. */
    public static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
    }

    /** A place in something of so many entries, which it returns. */
    public static int index(String name, int value, int size) {
        if (value < 0 || value >= size) {
            throw new IllegalArgumentException(name + " must be from 0 to " + (size - 1) + ", but is " + value);
        }
        return value;
    }

    /** A part of a whole, from 0 to 1. */
    public static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but is " + value);
        }
    }

    /** From 0 to below a limit, which the message has as it is given: 1 as 1. */
    public static void below(String name, double value, Number limit) {
        if (!(value >= 0 && value < limit.doubleValue())) {
            throw new IllegalArgumentException(name + " must be from 0 to below " + limit + ", but is " + value);
        }
    }

    /** Two positive, finite numbers, of which the first is below the second. */
    public static void ascending(String lowName, double low, String highName, double high) {
        positive(lowName, low);
        positive(highName, high);
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    lowName + " must be below " + highName + ", but they are " + low + " and " + high);
        }
    }
}
