package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Printed.printed;
import static org.scorebook.course.Outputs.failing;
import static org.scorebook.course.Outputs.failure;
import static org.scorebook.course.Outputs.passing;
import static org.scorebook.course.Outputs.problem;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Refusal;
import org.scorebook.aten.Torch;

class CheckTest {
    private static Check check() {
        return Check.exercise("2", 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {7, 7.0009, 6.9991})
    void withinTheTolerancePasses(double answer) {
        assertEquals(
                List.of("✓ dy/dx (within 0.001)", "Exercise 2: 3 of 3 points"),
                passing(check().value("dy/dx", () -> answer, 7, 1e-3)));
    }

    @Test
    void aDifferenceIsToldAbsolutelyAndRelatively() {
        assertEquals(
                "✗ dy/dx: expected 8 within 0.001, but came 8.5, off by 0.5 (6.3 %)",
                problem(check().value("dy/dx", () -> 8.5, 8, 1e-3)));
        assertEquals(
                "✗ steps: expected 228 exactly, but came 300, off by 72 (32 %)",
                problem(check().value("steps", () -> 300, 228, 0)));
        assertEquals(
                "✗ close: expected 1 within 1e-9, but came 1.0000001, off by 1e-7 (1e-5 %)",
                problem(check().value("close", () -> 1.0000001, 1, 1e-9)));
        assertEquals(
                "✗ zero: expected 0 within 1e-9, but came 0.3, off by 0.3",
                problem(check().value("zero", () -> 0.3, 0, 1e-9)));
    }

    @Test
    void whatIsNoNumberIsTold() {
        assertEquals("✗ x: expected a number, but came null", problem(check().value("x", () -> null, 3, 0)));
        assertEquals(
                "✗ x: expected a number, but came a value of type String",
                problem(check().value("x", () -> "3", 3, 0)));
        assertEquals(
                "✗ x: expected 3 exactly, but came NaN, which is no number",
                problem(check().value("x", () -> Double.NaN, 3, 0)));
        assertEquals(
                "✗ x: expected 3 exactly, but came Infinity",
                problem(check().value("x", () -> Double.POSITIVE_INFINITY, 3, 0)));
        passing(check().value("x", () -> Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0));
    }

    @Test
    void arraysAreComparedElementByElement() {
        double[] right = {1, 2, 3};
        passing(check().value("w", () -> new float[] {1, 2, 3}, right, 1e-6));
        assertEquals(
                "✗ w: at [1] expected 2 within 1e-6, but came 2.5, off by 0.5 (25 %); wrong: 1 of 3",
                problem(check().value("w", () -> new float[] {1, 2.5f, 3}, right, 1e-6)));
        assertEquals(
                "✗ w: expected 3 elements, but came 2 elements",
                problem(check().value("w", () -> new int[] {1, 2}, right, 1e-6)));
        assertEquals("✗ w: expected 3 elements, but came a number", problem(check().value("w", () -> 1, right, 1e-6)));
        assertEquals(
                "✗ m: at [1][0] expected 3 within 0.1, but came 5, off by 2 (67 %); wrong: 1 of 4",
                problem(check().value(
                                "m", () -> new double[][] {{1, 2}, {5, 4}}, new double[][] {{1, 2}, {3, 4}}, 0.1)));
        assertEquals(
                "✗ m: expected 3 elements, but came an array whose rows differ in length",
                problem(check().value("m", () -> new double[][] {{1, 2}, {5}}, right, 0.1)));
    }

    @Test
    void arraysOfTheEngineAreNumbers() {
        try (NDManager manager = Torch.manager(1)) {
            passing(check().value("a", () -> manager.create(new float[] {1, 2}), new double[] {1, 2}, 1e-6)
                    .value("b", () -> manager.create(3L), 3, 0)
                    .shape("c", () -> manager.zeros(new Shape(2, 3)), 2, 3));
            assertEquals(
                    "✗ c: expected shape (3, 4), but came shape (2, 3)",
                    problem(check().shape("c", () -> manager.zeros(new Shape(2, 3)), 3, 4)));
        }
    }

    @Test
    void statements() {
        assertEquals(
                List.of("✓ a < b", "✗ b < a: this does not hold yet", "Exercise 2: 0 of 3 points"),
                failing(check().holds("a < b", () -> 1 < 2).holds("b < a", () -> 2 < 1)));
        assertEquals("✗ s: came null in place of true", problem(check().holds("s", () -> null)));
    }

    @Test
    void pictures() {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        assertEquals(
                "✗ plot: the picture is blank: all its pixels have one colour",
                problem(check().picture("plot", () -> picture, 40, 30)));
        picture.setRGB(3, 4, 0xFFFFFF);
        passing(check().picture("plot", () -> picture, 40, 30));
        assertEquals(
                "✗ plot: expected a picture of at least 41 x 30 pixels, but came 40 x 30",
                problem(check().picture("plot", () -> picture, 41, 30)));
        assertEquals(
                "✗ plot: expected a picture of at least 4 x 3 pixels, but came null",
                problem(check().picture("plot", () -> null, 4, 3)));
    }

    @Test
    void texts() {
        passing(check().text("why", () -> "Because it is steep.", 4));
        assertEquals(
                "✗ why: expected 5 words or more, but came 4",
                problem(check().text("why", () -> "Because it is steep.", 5)));
        assertEquals("✗ why: there is no answer yet", problem(check().text("why", () -> " \n", 1)));
        assertEquals("✗ why: there is no answer yet", problem(check().text("why", () -> "Your answer here", 1)));
    }

    @Test
    void allAreTriedBeforeTheCheckFails() {
        Check check =
                check().value("a", () -> 1, 30, 0).value("b", () -> 2, 2, 0).value("c", () -> null, 7, 0);
        CheckFailed failed = failure(check);
        assertEquals(
                "Exercise 2: 2 of 3 checks failed. a: expected 30 exactly, but came 1, off by 29 (97 %)",
                failed.getMessage());
        assertEquals(0, failed.getStackTrace().length);
        assertNull(failed.getCause());
    }

    @Test
    void whatTheCodeThrowsIsALine() {
        Check check = check().value("a", () -> 1 / (int) Math.floor(0.5), 1, 0).value("b", () -> 2, 2, 0);
        assertEquals(
                List.of(
                        "✗ a: stopped with ArithmeticException: / by zero",
                        "✓ b (exactly)",
                        "Exercise 2: 0 of 3 points"),
                failing(check));
        assertEquals("✗ e: stopped with StackOverflowError", problem(check().value("e", CheckTest::endless, 1, 0)));
        CheckFailed failed = failure(check);
        assertTrue(failed.getCause() instanceof ArithmeticException);
    }

    private static int endless() {
        return 1 + endless();
    }

    @Test
    void anAnswerStillToBeGivenHasNoHint() {
        Check check = check().hint("use the chain rule").value("a", CheckTest::unanswered, 1, 0);
        assertEquals("✗ a: not answered yet", problem(check));
    }

    private static double unanswered() {
        throw new UnsupportedOperationException("Exercise 2 is not answered yet.");
    }

    /** A cell whose value is a chain without its end is shown, and fails. */
    @Test
    void aForgottenEndIsMadeUp() {
        printed(() -> assertThrows(
                CheckFailed.class, () -> check().value("a", () -> 1, 2, 0).toString()));
        Check check = check().value("a", () -> 1, 1, 0);
        assertEquals(
                "✓ a (exactly)\nExercise 2: 3 of 3 points\nExercise 2\n", printed(() -> System.out.println(check)));
        assertThrows(IllegalStateException.class, () -> check.value("b", () -> 1, 1, 0));
        assertThrows(IllegalStateException.class, () -> check().done());
    }

    @Test
    void linesAreInUtf8WhateverTheStreamThinks() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, "US-ASCII"));
        try {
            check().value("σ", () -> 1, 1, 0).done();
        } finally {
            System.setOut(before);
        }
        assertTrue(bytes.toString("UTF-8").startsWith("✓ σ (exactly)\n"), bytes.toString("UTF-8"));
    }

    @Test
    void pointsAddUp() {
        passing(Check.exercise("1", 2).value("a", () -> 1, 1, 0));
        failing(Check.exercise("2", 3).value("a", () -> 1, 7, 0));
        Check.exercise("3", 4);
        assertEquals(
                "exercise  points\n       1  2 of 2\n       2  0 of 3\n       3  0 of 4\n    1000  not checked yet\n   total  2 of 1009\n",
                printed(() -> Check.summary(1000, 1009))
                        .replaceAll("(?m)^ +(?:[4-9]|\\d\\d\\d?)  not checked yet\n", ""));
        passing(Check.exercise("2", 3).value("a", () -> 7, 7, 0));
        assertTrue(printed(() -> Check.summary(3, 9)).endsWith("   total  5 of 9\n"));
        assertThrows(IllegalArgumentException.class, () -> Check.summary(3, 2));
        assertThrows(IllegalArgumentException.class, () -> Check.exercise("1", 0));
    }

    @Test
    void whatAnAuthorGetsWrongIsRefused() {
        assertEquals("tolerance must be 0 or more and finite, but is NaN", Refusal.message(() -> check().value(
                        "x", () -> 1, 1, Double.NaN)));
        assertEquals("expected must be numbers, but came a value of type String", Refusal.message(() -> check().value(
                        "x", () -> 1, "one", 0)));
        assertEquals("alpha must be above 0 and at most 0.1, but is 0.5", Refusal.message(() -> check().moments(
                        "x", () -> 1, 0, 1, 0.5)));
        assertThrows(IllegalStateException.class, () -> check().mistake("a sum", 3));
        Check twice = check().value("mean", () -> 3, 2, 0).mistake("a sum", 4);
        assertThrows(IllegalArgumentException.class, () -> twice.mistake("a sum", 5));
    }
}
