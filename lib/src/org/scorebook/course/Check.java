package org.scorebook.course;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.scorebook.base.Require;
import org.scorebook.view.Notebook;

/**
 * Checks for one exercise: {@code Check.exercise("2").close("dy/dx", answer, 7.0, 1e-6)}. A right answer shows a green
 * line; a wrong one throws {@link CheckFailed}, which says what was found, what is right within which tolerance, and the
 * hint.
 */
public final class Check {
    private final String exercise;
    private final int points;
    private String hint = "";
    private int passed;

    private Check(String exercise, int points) {
        this.exercise = Require.given("exercise", exercise);
        Require.atLeast("points", points, 1);
        this.points = points;
    }

    /** One that is worth one point. */
    public static Check exercise(String exercise) {
        return new Check(exercise, 1);
    }

    /**
     * @param exercise its number or name, shown with each result
     * @param points what a right answer is worth, 1 or more
     */
    public static Check exercise(String exercise, int points) {
        return new Check(exercise, points);
    }

    /** What a right answer is worth. */
    public int points() {
        return points;
    }

    /** A sentence that helps when the next checks fail. */
    public Check hint(String text) {
        hint = text;
        return this;
    }

    /**
     * Passes if {@code |answer - expected| <= tolerance}.
     *
     * @param what names the quantity, as the exercise does
     */
    public Check close(String what, double answer, double expected, double tolerance) {
        return close(what, new double[] {answer}, new double[] {expected}, tolerance);
    }

    /** As {@link #close(String, double, double, double)}, for each element of an array. */
    public Check close(String what, float[] answer, double[] expected, double tolerance) {
        double[] wide = new double[answer.length];
        Arrays.setAll(wide, i -> answer[i]);
        return close(what, wide, expected, tolerance);
    }

    /** As {@link #close(String, double, double, double)}, for each element of an array. */
    public Check close(String what, double[] answer, double[] expected, double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance must be 0 or more, but is " + tolerance);
        }
        if (answer == null) {
            throw failure(what + " is null; it should have " + expected.length + " elements");
        }
        if (answer.length != expected.length) {
            throw failure(what + " has " + answer.length + " elements; it should have " + expected.length);
        }
        for (int i = 0; i < answer.length; i++) {
            if (!(Math.abs(answer[i] - expected[i]) <= tolerance)) { // so that NaN fails
                String element = answer.length == 1 ? what : what + "[" + i + "]";
                throw failure(element + " is " + answer[i] + "; it should be " + expected[i] + " within " + tolerance);
            }
        }
        return passed(what + " = " + text(answer) + (tolerance == 0 ? " (exactly)" : " (within " + tolerance + ")"));
    }

    /** Passes if the statement about the answer holds. */
    public Check holds(String statement, boolean holds) {
        if (!holds) {
            throw failure("this does not hold yet: " + statement);
        }
        return passed(statement);
    }

    /** What a cell that ends with a check shows last. */
    @Override
    public String toString() {
        return "Exercise " + exercise + ": " + passed + (passed == 1 ? " check passed" : " checks passed");
    }

    private static String text(double[] values) {
        String all = Arrays.stream(values)
                .mapToObj(value -> Float.toString((float) value))
                .collect(Collectors.joining(", "));
        return values.length == 1 ? all : "(" + all + ")";
    }

    private Check passed(String statement) {
        passed++;
        Notebook.html("<span style=\"color:#00785a;font-weight:600\">✓</span> " + Notebook.escape(statement));
        return this;
    }

    private CheckFailed failure(String sentence) {
        return new CheckFailed(
                "Exercise " + exercise + ": " + sentence + "." + (hint.isEmpty() ? "" : " Hint: " + hint));
    }
}
