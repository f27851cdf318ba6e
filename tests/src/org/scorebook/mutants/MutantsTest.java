package org.scorebook.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookFile;
import org.scorebook.ipynb.NotebookFileTest;

/** What mutants are made of an answer; those of the notebooks are left in target for the test that executes them. */
class MutantsTest {
    private static final int MOST = Integer.getInteger("scorebook.answers", 12);
    private static final Path FOLDER = Path.of("target", "exercise-variants");

    private static final Path RESOURCES = Path.of("tests", "resources");

    static List<Path> notebooks() throws IOException {
        return NotebookFileTest.notebooks();
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void eachExerciseHasSome(Path file) throws IOException {
        NotebookFile notebook = NotebookFile.read(file);
        Map<String, List<Mutant>> all = new LinkedHashMap<>();
        Mutants.of(notebook).forEach(each -> all.computeIfAbsent(each.exercise(), key -> new ArrayList<>())
                .add(each));
        for (Exercise exercise : Exercise.of(notebook)) {
            List<Mutant> mutants = all.getOrDefault(exercise.number(), List.of());
            assertTrue(mutants.size() >= 4, file + ", exercise " + exercise.number() + " has " + mutants.size());
        }
        Files.createDirectories(FOLDER);
        all.replaceAll((number, mutants) -> Selection.of(mutants, MOST));
        Files.writeString(FOLDER.resolve(notebook.name() + ".json"), new Gson().toJson(all));
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void whatIsListedAreMutants(Path file) throws IOException {
        NotebookFile notebook = NotebookFile.read(file);
        Set<String> names = Mutants.of(notebook).stream()
                .map(mutant -> mutant.exercise() + ", " + mutant.name())
                .collect(Collectors.toSet());
        for (String list : List.of("surviving-mutants.json", "unnamed-mutants.json")) {
            JsonObject listed = JsonParser.parseString(Files.readString(RESOURCES.resolve(list)))
                    .getAsJsonObject();
            JsonObject exercises =
                    listed.has(notebook.name()) ? listed.getAsJsonObject(notebook.name()) : new JsonObject();
            for (String number : exercises.keySet()) {
                for (String name : exercises.getAsJsonObject(number).keySet()) {
                    assertTrue(
                            names.contains(number + ", " + name),
                            list + ": no mutant is " + notebook.name() + ", exercise " + number + ", " + name);
                }
            }
        }
    }

    /** Mistakes inside the answer; those at the result have a test of their own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIGN | return -x[0] + y[0] | `+` -> `-`, `-x[0]` -> `x[0]`",
                "SIGN | return sigma - t | `-` -> `+`, `sigma - t` -> `(t - (sigma))`",
                "SIGN | x[t] += 3 | `x[t] += 3` -> `x[t] -= 3`",
                "SIGN | return a.add(b.neg()) | `add` -> `sub`, `b.neg()` -> `b`",
                "FACTOR | return 2 * sigma + t / 2 | `2 * sigma` -> `sigma`, `t / 2` -> `t`",
                "ROOT | return 3 * Math.sqrt(sigma + t) | `Math.sqrt(sigma + t)` -> `(sigma + t)`",
                "SQUARE | return 1 - sigma * sigma | `sigma * sigma` -> `sigma`",
                "SQUARE | return 3 / sigma | `sigma` -> `(sigma * sigma)`",
                "SQUARE | return Math.pow(t + 1, 2) | `Math.pow(t + 1, 2)` -> `(t + 1)`",
                "OFF_BY_ONE | return x[t] | `t` -> `(t - 1)`, `t` -> `(t + 1)`",
                "OFF_BY_ONE | for (int i = 0; i < 9; ) {} | `0` -> `1`, `<` -> `<=`, `i` -> `(i - 1)`, `i` -> `(i + 1)`",
                "MEAN | return f(x) / x.length | `f(x) / x.length` -> `f(x)`",
                "MEAN | return a.mean() | `mean` -> `sum`",
                "MEAN | return average(x) | `average(x)` -> `Arrays.stream(x).sum()`",
                "AXIS | return w[t][0] | `0` -> `1`, `w[t][0]` -> `w[0][t]`",
                "AXIS | return new double[] {sigma, t} | `sigma, t` -> `t, sigma`",
                "GRADIENT | return a.stopGradient() | `a.stopGradient()` -> `a`",
                "GRADIENT | c.backward(a) | `a` -> `a.stopGradient()`",
                "OPERATOR | return sigma * t | `*` -> `/`",
                "ORDER | return f(1) / t | `f(1) / t` -> `(t / (f(1)))`",
                "ORDER | return f(1, t) | `1, t` -> `t, 1`",
                "FUNCTION | return Math.sin(t) | `sin` -> `cos`",
                "CONSTANT | return 3 + 0.5 | `3` -> `4`, `0.5` -> `0.55`",
                "NAME | return x[t] | `x` -> `y`",
                "CONDITION | return t == 1 ? x : y | `t == 1 ? x : y` -> `(x)`, `t == 1 ? x : y` -> `(y)`, `==` -> `!=`",
                "STATEMENT | t++ | `t++;` -> `;`",
            })
    void mistakesOfOneKind(Kind kind, String solution, String changes) {
        assertEquals(changes, changes("double", solution + ";", kind, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "double; return t; -V, 2 * V, V / 2, V * V, Math.sqrt(V), V / x.length, V * x.length, V / y.length, V * y.length",
                "int; return t; -V, 2 * V, V + 1, V - 1",
                "NDArray; return t; V.neg(), V.mul(2), V.div(2), V.square(), V.sqrt()",
                "boolean; return t > 0; !V",
                "Sampler; return (x, step) -> x; ''",
            })
    void mistakesAtTheResult(String type, String solution, String changes) {
        assertEquals(changes, changes(type, solution + ";", null, true));
    }

    @Test
    void allReturnsOfTheMethodAreWrongAlike() {
        String source = answer("double", "if (t > 0) { return 1; } return 2 + 3;");
        String twice = mutants(source).stream()
                .filter(mutant -> mutant.name().equals("FACTOR at the result: 2 * V"))
                .findFirst()
                .orElseThrow()
                .source();
        assertTrue(twice.contains("if (t > 0) { return 2 * (1); } return 2 * (2 + 3);"), twice);
    }

    @Test
    void noSourceComesTwiceAndWhatIsOutsideOfTheSolutionStays() {
        String source = "import java.util.List;\n\nint other = -1;\n" + answer("double", "return -t * t - sigma / 2;");
        List<Mutant> mutants = mutants(source);
        assertEquals(
                mutants.size(), mutants.stream().map(Mutant::source).distinct().count());
        assertEquals(
                mutants.size(), mutants.stream().map(Mutant::name).distinct().count());
        for (Mutant mutant : mutants) {
            assertTrue(
                    mutant.source().startsWith(source.substring(0, source.indexOf(Exercise.BEGIN))), mutant.source());
            assertTrue(mutant.source().endsWith(source.substring(source.indexOf(Exercise.END))), mutant.source());
        }
    }

    @Test
    void aSelectionHasAllKinds() {
        List<Mutant> all = mutants(answer("double", "return Math.sqrt(-sigma * sigma / t) - x[0];"));
        Set<Kind> kinds = all.stream().map(Mutant::kind).collect(Collectors.toSet());
        List<Mutant> some = Selection.of(all, kinds.size());
        assertEquals(kinds, some.stream().map(Mutant::kind).collect(Collectors.toSet()));
        assertEquals(some, Selection.of(all, kinds.size()));
        assertEquals(all, Selection.of(all, 1000));
    }

    private static String answer(String type, String solution) {
        return type + " f(double[] x, double[] y, double sigma, int t) {\n    // BEGIN SOLUTION\n    " + solution
                + "\n    // END SOLUTION\n}\n";
    }

    private static List<Mutant> mutants(String source) {
        return Mutants.of(new Exercise("1", List.of(), List.of()), "id", source);
    }

    private static String changes(String type, String solution, Kind kind, boolean whole) {
        return mutants(answer(type, solution)).stream()
                .filter(mutant -> (kind == null || mutant.kind() == kind) && mutant.whole() == whole)
                .map(mutant -> mutant.name().replaceFirst("^.*?: ", ""))
                .collect(Collectors.joining(", "));
    }
}
