package org.scorebook.course;

import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/** One thing that is checked: a student's code, what it must come to, and what came when it was tried. */
final class Trial {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final String what;
    private final Attempt attempt;
    private final Judge judge;
    private final Duration limit;
    private final Map<String, Attempt> mistakes = new LinkedHashMap<>();

    private Object answer;
    private Thrown thrown;
    private Map<String, Object> given = Map.of();
    private boolean derived;
    private String problem = "";
    private Duration taken = Duration.ZERO;

    Trial(String what, Attempt attempt, Judge judge, Duration limit) {
        this.what = what;
        this.attempt = attempt;
        this.judge = judge;
        this.limit = limit;
    }

    void add(String sentence, Attempt wrong) {
        if (mistakes.putIfAbsent(sentence, wrong) != null) {
            throw new IllegalArgumentException(
                    "sentence must be another for each mistake of a check, but '" + sentence + "' is there already");
        }
    }

    /** Tries it; what the student's code throws is a problem as another. */
    void run() {
        Asking asking = Asking.noting();
        long start = System.nanoTime();
        try {
            answer = TimeLimit.call(() -> asking.make(attempt), limit);
            problem = judge.problem(answer);
        } catch (TimeLimit.Over e) {
            problem = e.getMessage();
        } catch (Throwable e) { // of any kind but a stopped cell's
            thrown = Thrown.by(e);
            problem = thrown.problem();
        } finally {
            given = asking.seen();
            derived = asking.isDerived();
            taken = Duration.ofNanos(System.nanoTime() - start);
        }
    }

    boolean passed() {
        return problem.isEmpty();
    }

    String problem() {
        return what + ": " + problem;
    }

    /** The line that tells how it went. */
    String line() {
        return passed() ? judge.line(what, answer) : "✗ " + problem();
    }

    /** What the student's code threw, or {@code null}. */
    Thrown thrown() {
        return thrown;
    }

    Judge judge() {
        return judge;
    }

    Map<String, Object> given() {
        return given;
    }

    /** Whether what was judged is computed from answers, which are corrected in its place. */
    boolean isDerived() {
        return derived;
    }

    /** The mistakes that the exercise's author expects here. */
    Map<String, Attempt> mistakes() {
        return mistakes;
    }

    /** The answer's numbers; {@code null} where it has none. */
    Numbers numbers() {
        try {
            return Numbers.of(answer);
        } catch (Numbers.None | RuntimeException e) { // an array may be closed by now
            return null;
        }
    }

    /** Which elements of the answer are wrong: of a judge without elements, all. */
    BitSet wrong() {
        Numbers numbers = numbers();
        if (passed() || numbers == null) {
            return new BitSet();
        }
        if (judge instanceof Expected expected) {
            return expected.wrong(numbers);
        }
        BitSet all = new BitSet();
        all.set(0, numbers.values().length);
        return all;
    }

    /** Whether it would be right if these elements were corrected, of each answer. */
    boolean passesWith(Correction correction, IntFunction<BitSet> elements, Duration left) {
        if (derived) {
            return passesAs(
                    Asking.correcting((came, right) -> correction.of(came, elements.apply(came.size()), given)), left);
        }
        Numbers numbers = numbers();
        return numbers == null
                ? passed()
                : judge.problem(correction.of(numbers, elements.apply(numbers.size()), given))
                        .isEmpty();
    }

    /** Whether an element of the answer is wrong, and a finite number. */
    boolean isWrongNumber() {
        Numbers numbers = numbers();
        return numbers != null && wrong().stream().anyMatch(i -> Double.isFinite(numbers.values()[i]));
    }

    /** Whether these elements of each answer are what a slip makes of the right ones, and the others are right. */
    boolean cameBy(Slip slip, IntFunction<BitSet> elements, Duration left) {
        if (derived) {
            return passesAs(
                    Asking.correcting(
                            (came, right) -> right != null && slip.leads(right, came, elements) ? right.right() : came),
                    left);
        }
        Numbers numbers = numbers();
        return judge instanceof Expected expected && numbers != null
                ? slip.leads(expected, numbers, elements)
                : passed();
    }

    /** Whether the student's code is right if it is given something else, and takes about as long as it did. */
    boolean passesWith(Variation variation, Duration left) {
        Duration patience = taken.multipliedBy(5).plus(PATIENCE);
        return passesAs(
                Asking.varying((name, value) -> variation.of(name, value, given)),
                patience.compareTo(left) < 0 ? patience : left);
    }

    private boolean passesAs(Asking asking, Duration left) {
        try {
            Object other = TimeLimit.aside(() -> asking.make(attempt), left);
            return judge.problem(other).isEmpty();
        } catch (Throwable e) { // of any kind but a stopped cell's
            Thrown.by(e);
            return false;
        }
    }

    /** Whether a mistake leads to what came; where it is not known to lead elsewhere, the answer must be right. */
    boolean isExplainedBy(String sentence) {
        Attempt wrong = mistakes.get(sentence);
        if (wrong == null) {
            return passed();
        }
        try {
            Object led = wrong.make();
            return judge instanceof Expected expected
                    ? expected.isMistake(Numbers.of(led), answer)
                    : Objects.equals(led, answer);
        } catch (Exception e) {
            throw new IllegalStateException("the mistake '" + sentence + "' must come to something", e);
        }
    }
}
