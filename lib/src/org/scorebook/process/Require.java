package org.scorebook.process;

/** Argument checks that name the argument, its value and what would be right. */
public final class Require {
    private Require() {}

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

    /** A probability-like value, strictly between 0 and 1. */
    static void beta(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, both excluded, but is " + value);
        }
    }

    /** Betas that grow over at least two steps. */
    static void growingBetas(int steps, double first, double last) {
        atLeast("steps", steps, 2);
        ascending("first", first, "last", last);
        beta("last", last);
    }

    static void ascending(String lowName, double low, String highName, double high) {
        positive(lowName, low);
        positive(highName, high);
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    lowName + " must be below " + highName + ", but they are " + low + " and " + high);
        }
    }

    static void time(double t, double endTime) {
        if (!(t >= 0 && t <= endTime)) {
            throw new IllegalArgumentException("t must be from 0 to " + endTime + ", but is " + t);
        }
    }

    static void step(int t, int steps) {
        if (t < 1 || t > steps) {
            throw new IllegalArgumentException("t must be from 1 to " + steps + ", but is " + t);
        }
    }
}
