package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
    @ParameterizedTest
    @ValueSource(doubles = {7, 7.0009, 6.9991})
    void withinTheTolerancePasses(double answer) {
        assertEquals(
                "Exercise 2: 1 check passed",
                Check.exercise("2").close("dy/dx", answer, 7, 1e-3).toString());
    }

    @ParameterizedTest
    @ValueSource(doubles = {7.0011, 6, Double.NaN, Double.POSITIVE_INFINITY})
    void outsideTheToleranceSaysWhatIsWrong(double answer) {
        CheckFailed failed = assertThrows(
                CheckFailed.class,
                () -> Check.exercise("2").hint("use the chain rule").close("dy/dx", answer, 7, 1e-3));
        assertEquals(
                "Exercise 2: dy/dx is " + answer + "; it should be 7.0 within 0.001. Hint: use the chain rule",
                failed.getMessage());
        assertEquals(0, failed.getStackTrace().length);
    }

    @Test
    void arraysAreComparedElementByElement() {
        double[] expected = {1, 2, 3};
        Check.exercise("3").close("w", new float[] {1, 2, 3}, expected, 1e-6);
        assertEquals(
                "Exercise 3: w[1] is 2.5; it should be 2.0 within 1.0E-6.",
                assertThrows(CheckFailed.class, () -> Check.exercise("3")
                                .close("w", new float[] {1, 2.5f, 3}, expected, 1e-6))
                        .getMessage());
        assertEquals(
                "Exercise 3: w has 2 elements; it should have 3.",
                assertThrows(CheckFailed.class, () -> Check.exercise("3")
                                .close("w", new float[] {1, 2}, expected, 1e-6))
                        .getMessage());
    }

    @Test
    void statements() {
        assertEquals(
                "Exercise 4: 2 checks passed",
                Check.exercise("4")
                        .holds("memory is flat", true)
                        .holds("a < b", true)
                        .toString());
        assertThrows(CheckFailed.class, () -> Check.exercise("4").holds("memory is flat", false));
    }

    @Test
    void pointsAreOneOrMore() {
        assertEquals(1, Check.exercise("1").points());
        assertEquals(3, Check.exercise("1", 3).points());
        assertThrows(IllegalArgumentException.class, () -> Check.exercise("1", 0));
    }

    @Test
    void aToleranceThatCannotFailIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Check.exercise("1").close("x", 1, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Check.exercise("1").close("x", 1, 1, -1));
    }
}
