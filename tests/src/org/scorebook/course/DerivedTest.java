package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.course.Given.given;
import static org.scorebook.course.Outputs.hint;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a check computes from an answer: the mistake is looked for in the answer. */
class DerivedTest {
    private static final double[] RIGHT = {0.3, 0.7, 0.2};
    private static final double[] SIGNED = {0.3, -0.7, 0.2};

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("with the other sign", (DoubleUnaryOperator) v -> -v),
                Arguments.of("half of your value", (DoubleUnaryOperator) v -> 2 * v),
                Arguments.of("the root of your value", (DoubleUnaryOperator) v -> v * v),
                Arguments.of("the square of your value", (DoubleUnaryOperator) Math::sqrt));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWhereNothingElseIsChecked(String hint, DoubleUnaryOperator mistake) {
        Check check = Check.exercise("1").value("sum of sines", () -> sines(answered(mistake)), sines(RIGHT), 1e-9);
        assertTrue(hint(check).startsWith(hint), hint(check));
        Check one = Check.exercise("1")
                .value("f", () -> mistake.applyAsDouble(0.3), 0.3, 1e-9)
                .value("its sine", () -> Math.sin(Check.answer(mistake.applyAsDouble(0.3))), Math.sin(0.3), 1e-9);
        assertTrue(hint(one).startsWith(hint), hint(one));
    }

    private static double[] answered(DoubleUnaryOperator mistake) {
        return Check.answer(Arrays.stream(RIGHT).map(mistake).toArray());
    }

    private static double sines(double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (i + 1) * Math.sin(values[i]);
        }
        return sum;
    }

    @Test
    void theResultIsNotCorrectedInTheAnswersPlace() {
        Check wrong = Check.exercise("1").value("square", () -> -Math.pow(Check.answer(3.0), 2), 9, 1e-9);
        assertEquals("", hint(wrong), "no correction of 3 makes it right, though the result lacks a sign only");
    }

    @Test
    void orders() {
        Check check = Check.exercise("1")
                .value("sines", () -> sines(Check.answer(new double[] {0.2, 0.7, 0.3})), sines(RIGHT), 1e-9);
        assertTrue(hint(check).startsWith("in reverse order"), hint(check));
    }

    /** What is right stays as it is, whatever is wrong with an answer of another length. */
    @Test
    void aRightAnswerOfAnotherLengthIsNotReversed() {
        Check check = Check.exercise("1")
                .value("ends", () -> new double[] {3, 2, 1}, new double[] {1, 2, 3}, 0)
                .value("buffer", () -> new double[] {4, 5}, new double[] {4, 5}, 0);
        assertTrue(hint(check).startsWith("in reverse order"), hint(check));
    }

    @Test
    void means() {
        UnaryOperator<double[]> sum = x -> new double[] {Arrays.stream(x).sum()};
        Check check = Check.exercise("1")
                .value("4 numbers", () -> sum.apply(given("x", new double[] {1, 2, 3, 6}))[0], 3, 1e-9)
                .value(
                        "exp, 2 numbers",
                        () -> Math.exp(Check.answer(sum.apply(given("x", new double[] {1, 2}))[0])),
                        Math.exp(1.5),
                        1e-9);
        assertTrue(hint(check).startsWith("your value divided by the number of elements of x"), hint(check));
    }

    @Test
    void oneMistakeMustExplainAll() {
        assertEquals(
                "",
                hint(Check.exercise("1")
                        .value("f", () -> -0.3, 0.3, 1e-9)
                        .value("sine", () -> Math.sin(Check.answer(1.4)), Math.sin(0.7), 1e-9)));
        assertEquals(
                "",
                hint(Check.exercise("1")
                        .value("f", () -> 0.3, 0.3, 1e-9)
                        .value("sine", () -> Math.sin(Check.answer(1.4)), Math.sin(0.7), 1e-9)),
                "half of the right 0.3 is not right");
    }

    /** A square has lost its sign: the right answer must be known. */
    @Test
    void aLostRootOfWhatMayBeNegative() {
        double[] squares = Arrays.stream(SIGNED).map(v -> v * v).toArray();
        Check unknown = Check.exercise("1").value("sines", () -> sines(Check.answer(squares)), sines(SIGNED), 1e-9);
        assertEquals("", hint(unknown));
        Check known = Check.exercise("1")
                .value("sines", () -> sines(Check.answer(squares, SIGNED, 1e-9)), sines(SIGNED), 1e-9);
        assertTrue(hint(known).startsWith("the square of the right value came"), hint(known));
        Check roots = Check.exercise("1")
                .value("f", () -> Math.sqrt(0.3), 0.3, 1e-9)
                .value("sine", () -> Math.sin(Check.answer(Math.sqrt(-0.7), -0.7, 1e-9)), Math.sin(-0.7), 1e-9);
        assertTrue(hint(roots).startsWith("the root of the right value came"), hint(roots));
        Check other = Check.exercise("1")
                .value("f", () -> 0.09, -0.3, 1e-9)
                .value("sine", () -> Math.sin(Check.answer(0.5, -0.7, 1e-9)), Math.sin(-0.7), 1e-9);
        assertEquals("", hint(other), "0.5 is no square of 0.7");
    }

    @Test
    void whatStoppedIsTriedAnewToo() {
        Check check = Check.exercise("1").value("place", () -> RIGHT[(int) Check.answer(-1.0)], 0.7, 0);
        assertTrue(hint(check).startsWith("with the other sign"), hint(check));
    }

    @Test
    void whatStoppedAtOnceMayTakeItsTimeWhenItIsRight() {
        Check check = Check.exercise("1").value("root", () -> slowRoot(Check.answer(-0.09)), 0.3, 1e-9);
        assertTrue(hint(check).startsWith("with the other sign"), hint(check));
    }

    private static double slowRoot(double value) throws InterruptedException {
        if (value < 0) {
            throw new IllegalArgumentException("value must be 0 or more");
        }
        Thread.sleep(600);
        return Math.sqrt(value);
    }

    @Test
    void outsideOfAHintAnAnswerIsItself() {
        assertEquals(0.5, Check.answer(0.5));
        assertEquals(0.5, Check.answer(0.5, 0.7, 0));
        assertEquals(RIGHT, Check.answer(RIGHT));
        assertEquals(RIGHT, Check.answer(RIGHT, SIGNED, 0));
    }
}
