package org.scorebook.data;

/** Argument checks that name the argument, its value and what would be right. */
final class Require {
    private Require() {}

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
    }

    /** A standard deviation that may vanish. */
    static void notNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be 0 or more and finite, but is " + value);
        }
    }

    static void positive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
        }
    }

    static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, but is " + value);
        }
    }

    /** What a point set gave: n rows of two numbers. */
    static void rows(double[][] points, int n) {
        if (points.length != n) {
            throw new IllegalArgumentException("points must give " + n + " rows, but gave " + points.length);
        }
        for (double[] point : points) {
            if (point.length != 2) {
                throw new IllegalArgumentException("points must give rows of two numbers, but one has " + point.length);
            }
        }
    }
}
