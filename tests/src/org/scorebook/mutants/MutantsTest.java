package org.scorebook.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookFile;
import org.scorebook.ipynb.NotebookFileTest;

/** What mutants are made of an answer; those of the notebooks are left in target for the test that executes them. */
class MutantsTest {
    private static final int MOST = Integer.getInteger("scorebook.answers", 12);
    private static final Path FOLDER = Path.of("target", "exercise-variants");

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

    private static String changes(String solution, Kind kind) {
        String source = "double f(double[] x, double[] y, double sigma, int t) {\n    // BEGIN SOLUTION\n    "
                + solution + "\n    // END SOLUTION\n}\n";
        return Mutants.of(new Exercise("1", List.of(), List.of()), "id", source).stream()
                .filter(mutant -> mutant.kind() == kind)
                .map(mutant -> mutant.name().replaceFirst("^.*?: ", ""))
                .collect(Collectors.joining("; "));
    }

    @Test
    void x() {
        assertEquals("", changes("return Math.sqrt(sigma * sigma) - x[0];", Kind.SIGN));
    }
}
