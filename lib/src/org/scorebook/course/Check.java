package org.scorebook.course;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.scorebook.base.Require;

/**
 * Checks an exercise:
 *
 * <pre>{@code
 * Check.exercise("2", 3)
 *     .value("sigma = 0.1", () -> exercise2(given("sigma", 0.1)), -10, 1e-9)
 *     .hint("from the noisy number back to the clean one")
 *     .done();
 * }</pre>
 *
 * Nothing is tried before {@link #done}, which tries all, prints a line for each to the standard output, and throws
 * {@link CheckFailed} where one is not right. Whatever an attempt throws, and one that takes longer than the {@link #limit}, is a line,
 * too. A hint on the likeliest mistake is found by trying wrong versions: see {@link Given}, {@link #mistake}.
 */
public final class Check {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String exercise;
    private final int points;
    private final List<Trial> trials = new ArrayList<>();
    private Duration limit = LIMIT;
    private String hint = "";
    private boolean done;

    private Check(String exercise, int points) {
        this.exercise = Require.given("exercise", exercise);
        Require.atLeast("points", points, 1);
        this.points = points;
        Scores.put(exercise, 0, points);
    }

    /** One that is worth one point. */
    public static Check exercise(String exercise) {
        return new Check(exercise, 1);
    }

    /**
     * @param exercise its number, shown with each result
     * @param points what a right answer is worth, 1 or more
     */
    public static Check exercise(String exercise, int points) {
        return new Check(exercise, points);
    }

    /** What a right answer is worth. */
    public int points() {
        return points;
    }

    /** A sentence that helps where no wrong version explains what came. */
    public Check hint(String text) {
        hint = Require.given("text", text);
        return this;
    }

    /** How many seconds each of the next attempts may take; 10 where nothing is said. */
    public Check limit(double seconds) {
        Require.positive("seconds", seconds);
        limit = Duration.ofNanos((long) (seconds * 1e9));
        return this;
    }

    /**
     * Passes if {@code |answer - expected| <= tolerance} for each number of the answer.
     *
     * @param what names the quantity or the case, as the exercise does
     * @param answer a number, or an array of Java or of the engine
     * @param expected a number or an array of the same shape
     * @param tolerance 0 or more
     */
    public Check value(String what, Attempt answer, Object expected, double tolerance) {
        Require.notNegative("tolerance", tolerance);
        try {
            return add(what, answer, new Expected(Numbers.of(Require.given("expected", expected)), tolerance));
        } catch (Numbers.None e) {
            throw new IllegalArgumentException("expected must be numbers, but " + e.getMessage(), e);
        }
    }

    /**
     * A typical mistake at what was checked last: where it comes to what came, here and at all that is not right, the sentence is the
     * hint. Numbers need agree to five digits only.
     *
     * @param wrong comes to what the mistake comes to
     */
    public Check mistake(String sentence, Attempt wrong) {
        Require.given("sentence", sentence);
        Require.given("wrong", wrong);
        if (trials.isEmpty()) {
            throw new IllegalStateException("mistake must follow the check whose mistake it is");
        }
        trials.get(trials.size() - 1).add(sentence, wrong);
        return this;
    }

    /** As {@link #mistake(String, Attempt)}, with known numbers: one, or those of an array. */
    public Check mistake(String sentence, double... wrong) {
        Require.given("wrong", wrong);
        return mistake(sentence, () -> wrong.length == 1 ? wrong[0] : wrong);
    }

    /**
     * Passes as {@link #value} if the answer is the sum of these terms. The hint names terms that are missing or have the other sign.
     *
     * @param terms two to six, by what the hint calls them
     */
    public Check sum(String what, Attempt answer, Map<String, Double> terms, double tolerance) {
        Terms known = new Terms(Require.given("terms", terms));
        value(what, answer, known.sum(), tolerance);
        known.mistakes().forEach(this::mistake);
        return this;
    }

    /** Passes if the statement about the answer is true. */
    public Check holds(String statement, Attempt claim) {
        return add(statement, claim, Judges.TRUE);
    }

    /** Passes if an array, of Java or of the engine, has this shape. */
    public Check shape(String what, Attempt answer, long... shape) {
        return add(what, answer, Judges.shape(Require.given("shape", shape).clone()));
    }

    /**
     * Passes if independent draws from a fixed seed follow a continuous distribution, by the test of Kolmogorov and Smirnov.
     *
     * @param draws numbers, at least 20
     * @param cdf the distribution function
     * @param alpha with which probability right draws may fail, from another seed, at most 0.1; all tests of the exercise share the
     *     smallest (Bonferroni)
     */
    public Check distribution(String what, Attempt draws, DoubleUnaryOperator cdf, double alpha) {
        return add(
                what, draws, new Distributed(Require.given("cdf", cdf), Distributed.probability(alpha), this::tests));
    }

    /** As {@link #distribution}, by mean and variance alone: two tests with the normal distribution, good from some hundred draws on. */
    public Check moments(String what, Attempt draws, double mean, double variance, double alpha) {
        Require.finite("mean", mean);
        Require.positive("variance", variance);
        return add(what, draws, new MeanAndVariance(mean, variance, Distributed.probability(alpha), this::tests));
    }

    private int tests() {
        return trials.stream().mapToInt(trial -> trial.judge().tests()).sum();
    }

    /** Passes if there is a {@link java.awt.image.BufferedImage} of at least this size, in pixels, that is not of one colour. */
    public Check picture(String what, Attempt picture, int width, int height) {
        return add(what, picture, Judges.picture(width, height));
    }

    /** Passes if there is a text of so many words or more, other than {@code YOUR ANSWER HERE}. */
    public Check text(String what, Attempt text, int words) {
        return add(what, text, Judges.text(words));
    }

    /**
     * Passes if a method of the student's calls another, itself or through what it calls among the cells. It is seen in the byte code,
     * so comments do not count.
     *
     * @param method the student's, which a check of this cell calls
     * @param called a name, such as {@code backward} or {@code Autograd.hessian}
     */
    public Check calls(String method, String called) {
        Class<?> cell = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        return add(method + " calls " + called, () -> Calls.in(cell, method), new Called(called, true));
    }

    /** Passes if a method of the student's does not call another; otherwise as {@link #calls}. */
    public Check callsNot(String method, String called) {
        Class<?> cell = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        return add(method + " does not call " + called, () -> Calls.in(cell, method), new Called(called, false));
    }

    /**
     * An answer that a check computes something else from, {@code () -> slope(x, Check.answer(exercise2(...)))}: the answer itself. When
     * the check fails, that is computed anew from likely corrections of the answer, as those of a value are tried.
     */
    public static double answer(double answer) {
        return Asking.answer(answer, null, 0);
    }

    /** As {@link #answer(double)}. */
    public static double[] answer(double[] answer) {
        return Asking.answer(Require.given("answer", answer), null, 0);
    }

    /**
     * As {@link #answer(double)}, where the right one is known: a lost root of what may be negative can be told by that alone.
     *
     * @param tolerance how far a right answer may be off, 0 or more
     */
    public static double answer(double answer, double right, double tolerance) {
        Require.notNegative("tolerance", tolerance);
        return Asking.answer(answer, right, tolerance);
    }

    /** As {@link #answer(double, double, double)}. */
    public static double[] answer(double[] answer, double[] right, double tolerance) {
        Require.notNegative("tolerance", tolerance);
        return Asking.answer(Require.given("answer", answer), Require.given("right", right), tolerance);
    }

    private Check add(String what, Attempt answer, Judge judge) {
        if (done) {
            throw new IllegalStateException("exercise " + exercise + ": done() must come last");
        }
        trials.add(new Trial(Require.given("what", what), Require.given("answer", answer), judge, limit));
        return this;
    }

    /**
     * Tries all and prints how it went. Every chain of checks ends with it.
     *
     * @throws CheckFailed where an answer is not right, or nothing was checked
     */
    public void done() {
        done = true;
        new Report(exercise, points, trials).run(hint);
    }

    /** The exercise; a chain that lacks {@link #done} and is a cell's value, which a kernel shows, is done here. */
    @Override
    public String toString() {
        if (!done) {
            done();
        }
        return "Exercise " + exercise;
    }

    /**
     * Prints the points of a notebook's exercises, and their sum.
     *
     * @param exercises how many there are, numbered from 1
     * @param points what all of them are worth, those too whose check has not run
     */
    public static void summary(int exercises, int points) {
        Require.atLeast("exercises", exercises, 1);
        Require.atLeast("points", points, exercises);
        Scores.table(exercises, points).forEach(Wording::print);
    }
}
