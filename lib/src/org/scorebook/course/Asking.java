package org.scorebook.course;

import java.util.LinkedHashMap;
import java.util.Map;

/** One attempt: what it is given and what it computes other things from, both noted or replaced. */
final class Asking {
    /** What is given in place of a value. */
    @FunctionalInterface
    interface Varying {
        Object of(String name, Object value);
    }

    /** What is gone on with in place of an answer; the right one is {@code null} where it is not known. */
    @FunctionalInterface
    interface Correcting {
        Numbers of(Numbers answer, Expected right);
    }

    private static final ThreadLocal<Asking> CURRENT = new ThreadLocal<>();

    private final Map<String, Object> seen = new LinkedHashMap<>();
    private final Varying varying;
    private final Correcting correcting;
    private boolean derived;

    private Asking(Varying varying, Correcting correcting) {
        this.varying = varying;
        this.correcting = correcting;
    }

    /** Replaces nothing. */
    static Asking noting() {
        return new Asking((name, value) -> value, null);
    }

    static Asking varying(Varying varying) {
        return new Asking(varying, null);
    }

    static Asking correcting(Correcting correcting) {
        return new Asking((name, value) -> value, correcting);
    }

    /** Makes the attempt on this thread. */
    Object make(Attempt attempt) throws Exception {
        CURRENT.set(this);
        try {
            return attempt.make();
        } finally {
            CURRENT.remove();
        }
    }

    /** The values asked for. */
    Map<String, Object> seen() {
        return seen;
    }

    /** Whether something was computed from an answer. */
    boolean isDerived() {
        return derived;
    }

    static Object given(String name, Object value) {
        Asking asking = CURRENT.get();
        if (asking == null) {
            return value;
        }
        asking.seen.put(name, value);
        return asking.varying.of(name, value);
    }

    static double answer(double answer, Double right, double tolerance) {
        Asking asking = noted();
        return asking == null
                ? answer
                : asking.corrected(answer, right, tolerance).values()[0];
    }

    static double[] answer(double[] answer, double[] right, double tolerance) {
        Asking asking = noted();
        return asking == null
                ? answer
                : asking.corrected(answer, right, tolerance).values();
    }

    /** The attempt that replaces answers, if one does. */
    private static Asking noted() {
        Asking asking = CURRENT.get();
        if (asking == null) {
            return null;
        }
        asking.derived = true;
        return asking.correcting == null ? null : asking;
    }

    private Numbers corrected(Object answer, Object right, double tolerance) {
        try {
            return correcting.of(Numbers.of(answer), right == null ? null : new Expected(Numbers.of(right), tolerance));
        } catch (Numbers.None e) {
            throw new IllegalArgumentException(e);
        }
    }
}
