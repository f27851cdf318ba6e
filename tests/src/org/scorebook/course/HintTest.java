package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.course.Given.given;
import static org.scorebook.course.Outputs.hint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;
import org.scorebook.kernel.LoopGuard;

/** Each wrong version is named for its own mistake, and for no other. */
class HintTest {
    private static final double[] RIGHT = {0.3, 2.7, -1.9};

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("with the other sign", (DoubleUnaryOperator) e -> -e),
                Arguments.of("half of your value", (DoubleUnaryOperator) e -> 2 * e),
                Arguments.of("twice your value", (DoubleUnaryOperator) e -> e / 2),
                Arguments.of("one divided by your value", (DoubleUnaryOperator) e -> 1 / e),
                Arguments.of("one minus your value", (DoubleUnaryOperator) e -> 1 - e),
                Arguments.of("the logarithm of your value", (DoubleUnaryOperator) Math::exp));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aChangedValueIsNamed(String hint, DoubleUnaryOperator mistake) {
        Check check = Check.exercise("1");
        for (double right : RIGHT) {
            check.value("f", () -> mistake.applyAsDouble(right), right, 1e-9);
        }
        assertTrue(hint(check).startsWith(hint), hint(check));
    }

    @Test
    void positiveValuesHaveRootsAndSquares() {
        assertTrue(hint(Check.exercise("1").value("f", () -> 0.09, 0.3, 1e-9).value("g", () -> 4, 2, 1e-9))
                .startsWith("the root of your value"));
        assertTrue(hint(Check.exercise("1").value("f", () -> 0.3, 0.09, 1e-9).value("g", () -> 2, 4, 1e-9))
                .startsWith("the square of your value"));
    }

    /** No root of the square is the right value, and a negative one has no root: what came is compared with what the slip makes. */
    @Test
    void negativeValuesHaveSquaresAndNoRoots() {
        assertTrue(hint(Check.exercise("1").value("f", () -> 0.09, -0.3, 1e-9).value("g", () -> 4, 2, 1e-9))
                .startsWith("the square of the right value came"));
        assertTrue(hint(Check.exercise("1")
                        .value("f", () -> new double[] {Double.NaN, 2}, new double[] {-0.09, 4}, 1e-9)
                        .value("g", () -> 1.5, -1, 0))
                .isEmpty());
        assertTrue(hint(Check.exercise("1")
                        .value("f", () -> new double[] {Double.NaN, 2}, new double[] {-0.09, 4}, 1e-9)
                        .value("g", () -> 1, 1, 0))
                .startsWith("the root of the right value came"));
        assertTrue(hint(Check.exercise("1").value("measured", () -> 1.71, -1.3, 0.01))
                .startsWith("the square of the right value came"));
        assertEquals("", hint(Check.exercise("1").value("measured", () -> 1.75, -1.3, 0.01)));
        for (double nearZero : new double[] {0.001, Double.NaN}) {
            assertTrue(hint(Check.exercise("1")
                            .value("f", () -> new double[] {nearZero, 2, Double.NaN}, new double[] {1e-5, 4, -1}, 1e-4))
                    .startsWith("the root of the right value came"));
        }
    }

    @Test
    void infinityHasASign() {
        double all = Double.POSITIVE_INFINITY;
        assertTrue(hint(Check.exercise("1").value("f", () -> -all, all, 0).value("g", () -> -2, 2, 0))
                .startsWith("with the other sign"));
        assertEquals("", hint(Check.exercise("1").value("f", () -> Double.NaN, all, 0)));
    }

    @Test
    void onlyTheWrongElementsAreChanged() {
        Check check = Check.exercise("1")
                .value("mean and deviation", () -> new double[] {0.5, 0.16}, new double[] {0.5, 0.4}, 1e-9)
                .value("another", () -> new double[] {3, 0.49}, new double[] {3, 0.7}, 1e-9);
        assertTrue(hint(check).startsWith("the root of your value"));
    }

    @Test
    void oneVersionMustExplainAll() {
        assertEquals("", hint(Check.exercise("1").value("f", () -> -3, 3, 0).value("g", () -> 16, 8, 0)));
        assertEquals("", hint(Check.exercise("1").value("f", () -> -3, 3, 0).value("g", () -> null, 8, 0)));
        assertEquals(
                "",
                hint(Check.exercise("1").value("f", () -> -3, 3, 0).value("g", () -> 8, 8, 0)),
                "a right value is not right any more");
        assertTrue(hint(Check.exercise("1").value("f", () -> -3, 3, 0).value("g", () -> 0, 0, 0))
                .startsWith("with the other sign"));
        assertEquals(
                "the author's", hint(Check.exercise("1").hint("the author's").value("f", () -> 5.5, 3, 0)));
    }

    @Test
    void wholeNumbersAreOffByOne() {
        assertEquals(
                "your value is one too small: it is off by one",
                hint(Check.exercise("1")
                        .value("f", () -> 227, 228, 0)
                        .value("g", () -> 1, 2, 0)
                        .value("h", () -> 9, 10, 0)));
        assertEquals(
                "your value is one too large: it is off by one",
                hint(Check.exercise("1").value("f", () -> 229, 228, 0)));
    }

    @Test
    void ordersAndAxes() {
        assertTrue(hint(Check.exercise("1").value("f", () -> new int[] {3, 2, 1}, new double[] {1, 2, 3}, 0))
                .startsWith("in reverse order"));
        double[][] right = {{1, 2, 3}, {4, 5, 6}};
        double[][] turned = {{1, 4}, {2, 5}, {3, 6}};
        assertTrue(hint(Check.exercise("1").value("f", () -> turned, right, 0)).startsWith("with rows and columns"));
        assertTrue(hint(Check.exercise("1").shape("f", () -> turned, 2, 3)).startsWith("with rows and columns"));
    }

    @Test
    void sumsAndMeans() {
        double[] two = {1, 4};
        double[] three = {1, 2, 6};
        assertEquals(
                "your value times the number of elements of x is right: a mean in place of a sum?",
                hint(Check.exercise("1")
                        .value(
                                "2",
                                () -> Arrays.stream(given("x", two)).average().getAsDouble(),
                                5,
                                1e-9)
                        .value(
                                "3",
                                () -> Arrays.stream(given("x", three)).average().getAsDouble(),
                                9,
                                1e-9)));
        assertEquals(
                "your value divided by the number of elements of x is right: a sum in place of a mean?",
                hint(Check.exercise("1")
                        .value("nothing is given", () -> 0, 0, 1e-9)
                        .value("2", () -> Arrays.stream(given("x", two)).sum(), 2.5, 1e-9)
                        .value("3", () -> Arrays.stream(given("x", three)).sum(), 3, 1e-9)));
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of("the square of sigma", (DoubleBinaryOperator) (x, sigma) -> x / (1 + sigma)),
                Arguments.of("minus x", (DoubleBinaryOperator) (x, sigma) -> -x / (1 + sigma * sigma) + 2 * x),
                Arguments.of("2 times x", (DoubleBinaryOperator) (x, sigma) -> Math.sin(x / 2) * sigma),
                Arguments.of("half of x", (DoubleBinaryOperator) (x, sigma) -> Math.sin(2 * x) * sigma),
                Arguments.of("x and sigma exchanged", (DoubleBinaryOperator) (x, sigma) -> Math.sin(sigma) * x));
    }

    /** Three right functions, each with mistakes that no change of the value can mend. */
    @ParameterizedTest
    @MethodSource("inputs")
    void aChangedInputIsNamed(String hint, DoubleBinaryOperator f) {
        DoubleBinaryOperator right = hint.contains("square")
                ? (x, sigma) -> x / (1 + sigma * sigma)
                : hint.contains("minus")
                        ? (x, sigma) -> x / (1 + sigma * sigma) - 2 * x
                        : (x, sigma) -> Math.sin(x) * sigma;
        Check check = Check.exercise("1");
        for (double[] at : new double[][] {{0.7, 0.4}, {1.3, 0.5}}) {
            check.value(
                    "f",
                    () -> f.applyAsDouble(given("x", at[0]), given("sigma", at[1])),
                    right.applyAsDouble(at[0], at[1]),
                    1e-9);
        }
        String expected = hint.contains("minus") ? "with the other sign" : "your code is right ";
        assertTrue(
                hint(check).startsWith(expected)
                        && (hint.contains("minus") || hint(check).contains(hint)),
                hint(check));
    }

    @Test
    void wholeInputsAreOffByOne() {
        double[] betas = {0, 0.1, 0.3, 0.7, 0.2};
        Check late = Check.exercise("1")
                .value("t = 1", () -> betas[given("t", 1) + 1], 0.1, 1e-9)
                .value("t = 3", () -> betas[given("t", 3) + 1], 0.7, 1e-9);
        assertEquals("your code is right for t - 1: it is off by one there", hint(late));
        Check beyond = Check.exercise("1").value("t = 4", () -> betas[given("t", 4) + 1], 0.2, 1e-9);
        assertEquals("your code is right for t - 1: it is off by one there", hint(beyond), "though it stops");
    }

    @Test
    void axesOfWhatIsGiven() {
        double[][] w = {{1, 2, 3}, {4, 5, 6}};
        Check check = Check.exercise("1").value("w", () -> given("w", w)[2][0], 3, 1e-9);
        assertEquals(
                "your code is right for rows and columns of w exchanged: look at the order of its axes", hint(check));
    }

    @Test
    void anAuthorsMistakeComesFirst() {
        String sentence = "the minus of the score is lost";
        Check check = Check.exercise("1")
                .value("a", () -> -3, 3, 0)
                .mistake(sentence, () -> -3)
                .value("b", () -> -4.00001, 4, 1e-9)
                .mistake(sentence, -4)
                .holds("c", () -> 1 < 0)
                .mistake(sentence, () -> false);
        assertEquals(sentence, hint(check));
        Check other = Check.exercise("1").value("a", () -> -3, 3, 0).mistake(sentence, -2.9);
        assertTrue(hint(other).startsWith("with the other sign"));
    }

    @Test
    void aDetachedGradientIsNamed(@Seeded(1) NDManager manager) {
        Attempt detached = () -> gradient(manager, x -> x.stopGradient().square(), x -> x);
        assertTrue(hint(Check.exercise("1").value("dy/dx", detached, 4, 1e-6)).startsWith("nothing that is tracked"));
        Attempt copy = () -> gradient(manager, x -> x.square(), x -> x.stopGradient());
        assertTrue(hint(Check.exercise("1").value("dy/dx", copy, 4, 1e-6)).startsWith("the array that is asked"));
        Attempt hessian = () -> {
            NDArray x = manager.create(new float[] {2});
            return Autograd.hessian(x.square().sum(), x).toFloatArray();
        };
        assertTrue(hint(Check.exercise("1").value("H", hessian, new double[] {2}, 1e-6))
                .startsWith("nothing that is tracked"));
        Attempt attached = () -> gradient(manager, x -> x.square(), x -> x);
        Outputs.passing(Check.exercise("1").value("dy/dx", attached, 4, 1e-6));
    }

    private static float gradient(NDManager manager, UnaryOperator<NDArray> y, UnaryOperator<NDArray> asked) {
        NDArray x = manager.create(2f);
        x.setRequiresGradient(true);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(y.apply(x));
        }
        return asked.apply(x).getGradient().getFloat();
    }

    /** Of numbers only a gradient may be called one: where the check demands that one is made. */
    @Test
    void aGradientOfZeroIsNamed() {
        Check check = Check.exercise("1")
                .value("dy/dx", () -> backward(2), 4, 1e-6)
                .value("at 0", () -> backward(0), 0, 1e-6);
        assertEquals("", hint(check));
        check = Check.exercise("1").value("dy/dx", () -> backward(2), 4, 1e-6).calls("backward", "gradient");
        assertTrue(hint(check).startsWith("a gradient of 0"), hint(check));
    }

    private static double backward(double x) {
        return 0 * gradient(x);
    }

    private static double gradient(double x) {
        return 2 * x;
    }

    /** With a negative beta this loop has no end; the version after that is right. */
    @Test
    @Timeout(60)
    void aVersionWithoutEndIsPassedOver() {
        Check check = Check.exercise("1")
                .value("1 %", () -> steps(given("beta", 0.02), given("rest", 0.01)), 228, 0)
                .value("50 %", () -> steps(given("beta", 0.5), given("rest", 0.5)), 2, 0);
        assertTrue(hint(check).startsWith("your code is right for the root of rest"), hint(check));
    }

    private static int steps(double beta, double rest) {
        int steps = 0;
        for (double alpha = 1; alpha >= rest; alpha *= Math.sqrt(1 - beta)) {
            LoopGuard.check();
            steps++;
        }
        return steps;
    }

    @Test
    void outsideOfAHintWhatIsGivenIsItself() {
        assertEquals(0.5, given("x", 0.5));
        assertEquals(7L, given("x", 7L));
        assertEquals("text", given("x", "text"));
    }
}
