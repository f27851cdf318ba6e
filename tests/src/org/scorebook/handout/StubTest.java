package org.scorebook.handout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.Refusal;
import org.scorebook.ipynb.NotebookFile;

/** In the sources of this test «...» stands for a solution between its markers, and | for the end of a line. */
class StubTest {
    private static final String THROW = "throw new UnsupportedOperationException(\"Exercise 7 is not answered yet.\");";
    private static final String COMMENT = "// your answer, in place of the next line";

    private static String source(String shorthand) {
        return shorthand.replace("|", "\n").replace("«", "// BEGIN SOLUTION\n").replace("»", "\n// END SOLUTION");
    }

    @Test
    void takesTheSolutionsPlaceAndIndentation() {
        String rest = "\n    // that is all\n    /* } */\n}";
        assertEquals(
                "int f() {\n    " + COMMENT + "\n    " + THROW + rest,
                Stub.of(
                        "int f() {\n    // BEGIN SOLUTION\n    int a = 1;\n    return a;\n    // END SOLUTION" + rest,
                        "7"));
        assertEquals("\t" + COMMENT + "\n\t" + THROW, Stub.of("\t// BEGIN SOLUTION\n\tg();\n\t// END SOLUTION", "7"));
    }

    @Test
    void severalInACell() {
        String stub = COMMENT + "\n" + THROW;
        assertEquals(
                "int f() {\n" + stub + "\n}\nint g() {\n" + stub + "\n}",
                Stub.of(source("int f() {|«return 1;»|}|int g() {|«return 2;»|}"), "7"));
        assertEquals(
                "int x;\n" + COMMENT + "\nif (true) " + THROW + "\nint y;\n" + stub,
                Stub.of(source("int x;|«x = 1;»|int y;|«y = 1;»"), "7"));
    }

    @Test
    void compiles() throws IOException {
        NotebookFile solved = notebook(
                "void f1() {|«System.out.println();»|}",
                "int f2() {|«return 1;»|}",
                "boolean f3() {|«return true;»|}",
                "double[][] f4() {|«return null;»|}",
                "<T extends Comparable<T>> T f5(List<T> all) {|«return all.get(0);»|}",
                "Function<Double, Double> f6() {|return x -> {|«return x * x;»|};|}",
                "double f7(double x) {|double y;|«y = x * x;»|return Math.sqrt(y);|}",
                "double f8(double x) {|final double y;|«y = x * x;»|double z;|«z = y;»|return z;|}",
                "double f9(double x) {|for (int i = 0; i < 3; i++) {|«x += i;»|}|return x;|}",
                "int f10(int x) {|return switch (x) {|case 0 -> {|«yield 1;»|}|default -> 2;|};|}",
                "class Mine implements Supplier<String> {|public String get() {|«return \"a\";»|}|}",
                "double first;|«first = 3;»",
                "double second;|«second = 3;»|System.out.println(second);",
                "String f11() {|«return \"\"\"|    } text\"\"\";»|}");
        assertEquals(Optional.empty(), CellCompiler.problem(solved), "the test's own sources");
        assertEquals(Optional.empty(), CellCompiler.problem(StudentNotebook.of(solved)));
    }

    /** What only a compiler can find; the same sources compile with their solutions. */
    @Test
    void whatDoesNotCompileIsFound() throws IOException {
        Map<String, String> reasons = Map.of(
                "double f() {|«double y = 1;»|return y;|}", "variable y, which it uses, is declared nowhere",
                "void f() {|try {|«new FileReader(\"a\").close();»|} catch (IOException e) {|}|}",
                        "never thrown in body",
                "int f(int x) {|if (x > 0) {|«x = 1;»|} else {|«x = 2;»|}|return x;|}", "unreachable statement");
        assertEquals(
                Optional.empty(), CellCompiler.problem(notebook(reasons.keySet().toArray(String[]::new))));
        for (String shorthand : reasons.keySet()) {
            String problem = CellCompiler.problem(StudentNotebook.of(notebook(shorthand)))
                    .orElse("");
            assertTrue(problem.startsWith("cell c0: ") && problem.contains(reasons.get(shorthand)), problem);
        }
    }

    /** A student may skip any check. */
    @Test
    void noCellMayNeedACheckBeforeIt() throws IOException {
        String answer = "int %s() {\n// BEGIN SOLUTION\nreturn 1;\n// END SOLUTION\n}";
        String check = "org.scorebook.course.Check.exercise(\"%s\").value(\"so\", () -> %s, one, 0)";
        String first = "import java.time.Year;\nint one = 1;\n" + check.formatted("1", "a()");
        NotebookFile own = Notebooks.of("some.ipynb", "int two = 2;", answer.formatted("a"), first, "int later = two;");
        assertEquals(Optional.empty(), CellCompiler.problem(own));
        NotebookFile needs = Notebooks.of(
                "some.ipynb", answer.formatted("a"), first, answer.formatted("b"), check.formatted("2", "b()"));
        String problem = CellCompiler.problem(needs).orElse("");
        assertTrue(problem.startsWith("cell c3: ") && problem.contains("variable one"), problem);
        NotebookFile imports = Notebooks.of("some.ipynb", answer.formatted("a"), first, "Year.now()");
        assertTrue(CellCompiler.problem(imports).orElse("").startsWith("cell c2: "));
    }

    /** One of an exercise whose answers these are. */
    private static NotebookFile notebook(String... shorthands) throws IOException {
        List<String> cells =
                new ArrayList<>(Arrays.stream(shorthands).map(StubTest::source).toList());
        cells.add("org.scorebook.course.Check.exercise(\"1\").holds(\"so\", () -> true)");
        return Notebooks.of("some.ipynb", cells.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "// BEGIN SOLUTION|x = 1;@there is no // END SOLUTION after // BEGIN SOLUTION",
                "// BEGIN SOLUTION|// END SOLUTION|// END SOLUTION@there is no // BEGIN SOLUTION before // END SOLUTION",
                "// BEGIN SOLUTION|// BEGIN SOLUTION|// END SOLUTION@// BEGIN SOLUTION comes twice before",
                "x = 1; // BEGIN SOLUTION|// END SOLUTION@// BEGIN SOLUTION must have a line of its own",
                "// BEGIN SOLUTION|x = 1; // END SOLUTION@// END SOLUTION must have a line of its own"
            })
    void markersThatDoNotFitAreRefused(String shorthand, String sentence) throws IOException {
        NotebookFile solved = notebook(shorthand);
        String message = Refusal.message(() -> StudentNotebook.of(solved));
        assertTrue(message.startsWith("some.ipynb, cell c0: " + sentence), message);
    }
}
