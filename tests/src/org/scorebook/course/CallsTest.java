package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Printed.printed;
import static org.scorebook.course.Outputs.failing;
import static org.scorebook.course.Outputs.passing;

import java.net.URL;
import java.util.List;
import java.util.stream.DoubleStream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.junit.jupiter.api.Test;

class CallsTest {
    private static double direct(double x) {
        return Math.sqrt(x);
    }

    private static double throughALambda(double x) {
        return DoubleStream.of(x).map(y -> helper(y)).sum();
    }

    private static double helper(double x) {
        return Math.sqrt(x) + DoubleStream.of(x).map(Math::cbrt).sum();
    }

    @Test
    void whatAMethodCallsIsFound() {
        passing(Check.exercise("1")
                .value("it works", () -> direct(4), 2, 0)
                .calls("direct", "Math.sqrt")
                .calls("direct", "sqrt")
                .callsNot("direct", "Math.cbrt")
                .callsNot("direct", "qrt"));
        assertTrue(throughALambda(1) == 2);
        passing(Check.exercise("1").calls("throughALambda", "sqrt").calls("throughALambda", "Math.cbrt"));
        assertEquals(
                List.of(
                        "✗ direct calls cbrt: it does not",
                        "✗ direct does not call sqrt: it does",
                        "Exercise 1: 0 of 1 point"),
                failing(Check.exercise("1").calls("direct", "cbrt").callsNot("direct", "sqrt")));
        assertTrue(failing(Check.exercise("1").calls("nowhere", "sqrt"))
                .get(0)
                .contains("must be one that a check of this cell calls"));
    }

    /** In the snippets of a JShell, as under a kernel: also what was defined anew, and through a helper of another cell. */
    @Test
    void snippetsAreRead() {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            List<String> cells = List.of(
                    "import org.scorebook.course.Check;",
                    "double root(double x) { return Math.sqrt(x); }",
                    "double exercise1(double x) { return x; }",
                    "double exercise1(double x) { /* Math.cbrt */ return root(x); }");
            cells.forEach(shell::eval);
            String check = "Check.exercise(\"1\").value(\"x\", () -> exercise1(4), 2, 0)"
                    + ".calls(\"exercise1\", \"Math.sqrt\").callsNot(\"exercise1\", \"Math.cbrt\").done();";
            String printed = printed(() -> shell.eval(check).forEach(event -> {
                assertEquals(Snippet.Status.VALID, event.status());
                assertEquals(null, event.exception());
            }));
            assertEquals(
                    "✓ x (exactly)\n✓ exercise1 calls Math.sqrt\n✓ exercise1 does not call Math.cbrt\nExercise 1: 1 of 1 point\n",
                    printed);
        }
    }

    /** Code whose class loader shows no byte code, as under JJava. */
    public static final class Cell implements Runnable {
        @Override
        public void run() {
            Check.exercise("1")
                    .value("root", () -> Math.sqrt(4), 2, 0)
                    .calls("direct", "sqrt")
                    .done();
        }
    }

    private static final class HidingLoader extends ClassLoader {
        HidingLoader() {
            super(CallsTest.class.getClassLoader());
        }

        Runnable cell() throws Exception {
            byte[] code = getParent()
                    .getResourceAsStream(Cell.class.getName().replace('.', '/') + ".class")
                    .readAllBytes();
            return (Runnable) defineClass(Cell.class.getName(), code, 0, code.length)
                    .getConstructor()
                    .newInstance();
        }

        @Override
        public URL getResource(String name) {
            return null;
        }
    }

    @Test
    void whatCannotBeReadIsSaidAndCostsNoPoints() throws Exception {
        Runnable cell = new HidingLoader().cell();
        assertEquals(
                "✓ root (exactly)\n– direct calls sqrt: not looked at, since this kernel shows no byte code; marking does\n"
                        + "Exercise 1: 1 of 1 point\n",
                printed(cell::run));
    }
}
