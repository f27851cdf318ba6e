package org.scorebook.handout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.Refusal;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

class StudentNotebookTest {
    static List<Path> notebooks() throws IOException {
        return Notebooks.all();
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void onlyAnswersDifferAndNothingOfThemIsLeft(Path file) throws IOException {
        NotebookFile solved = NotebookFile.read(file);
        List<NotebookCell> student = StudentNotebook.of(solved).cells();
        assertEquals(NotebookFile.read(file).text(), solved.text(), "the solved notebook was changed");
        for (int i = 0; i < student.size(); i++) {
            NotebookCell before = solved.cells().get(i);
            NotebookCell after = student.get(i);
            assertEquals(before.id(), after.id());
            if (Exercise.isAnswer(before)) {
                assertTrue(after.source().contains("is not answered yet"), after.source());
                solution(before.source())
                        .filter(line -> line.length() > 8)
                        .forEach(line -> assertFalse(after.source().contains(line), line));
            } else {
                assertEquals(before.source(), after.source());
            }
        }
    }

    private static java.util.stream.Stream<String> solution(String source) {
        int begin = source.indexOf(Exercise.BEGIN) + Exercise.BEGIN.length();
        return source.substring(begin, source.indexOf(Exercise.END)).lines().map(String::strip);
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void allCellsCompileWhicheverChecksAreSkipped(Path file) throws IOException {
        assertEquals(Optional.empty(), CellCompiler.problem(StudentNotebook.of(NotebookFile.read(file))));
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void nothingOfARunIsLeft(Path file) throws IOException {
        NotebookFile solved = NotebookFile.read(file);
        for (NotebookFile handedOut : List.of(StudentNotebook.of(solved), StudentNotebook.withSolutions(solved))) {
            for (NotebookCell cell : handedOut.cells()) {
                assertTrue(cell.outputs().isEmpty() && cell.executionCount().isEmpty(), cell.source());
            }
            assertEquals(
                    solved.metadata().get("kernelspec"), handedOut.metadata().get("kernelspec"));
            for (String path :
                    List.of(Path.of("").toAbsolutePath().toString(), System.getProperty("user.home") + "/", "/home/")) {
                assertFalse(handedOut.text().contains(path), path);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void withSolutionsOnlyMetadataDiffer(Path file) throws IOException {
        NotebookFile solved = NotebookFile.read(file);
        assertEquals(
                solved.cells().stream().map(NotebookCell::source).toList(),
                StudentNotebook.withSolutions(solved).cells().stream()
                        .map(NotebookCell::source)
                        .toList());
    }

    /**
     * What nbgrader asks of its metadata in version 3: four fields that must be there, no others than those it knows, an ID of
     * letters, digits, _ and - that is the notebook's only one, points of graded cells only, no task in a code cell.
     */
    @ParameterizedTest
    @MethodSource("notebooks")
    void metadataAreNbgraders(Path file) throws IOException {
        NotebookFile solved = NotebookFile.read(file);
        for (NotebookFile handedOut : List.of(StudentNotebook.of(solved), StudentNotebook.withSolutions(solved))) {
            Set<String> ids = new HashSet<>();
            int points = 0;
            int answers = 0;
            for (NotebookCell cell : handedOut.cells()) {
                if (!(cell.metadata().get("nbgrader") instanceof JsonObject fields)) {
                    assertFalse(Exercise.isAnswer(cell) || Exercise.isCheck(cell), cell.source());
                    continue;
                }
                assertTrue(
                        Set.of("grade", "grade_id", "locked", "points", "schema_version", "solution", "task")
                                .containsAll(fields.keySet()),
                        fields.toString());
                assertEquals(3, fields.get("schema_version").getAsInt());
                boolean grade = fields.get("grade").getAsBoolean();
                boolean solution = fields.get("solution").getAsBoolean();
                assertEquals(grade, fields.get("locked").getAsBoolean());
                assertTrue(grade != solution && cell.isCode());
                assertFalse(fields.get("task").getAsBoolean());
                assertTrue(fields.get("grade_id").getAsString().matches("[a-zA-Z0-9_-]+"));
                assertTrue(ids.add(fields.get("grade_id").getAsString()), fields.toString());
                assertEquals(grade, fields.has("points"));
                assertEquals(grade, Exercise.isCheck(cell));
                points += grade ? fields.get("points").getAsInt() : 0;
                answers += solution ? 1 : 0;
            }
            List<Exercise> exercises = Exercise.of(solved);
            assertEquals(exercises.stream().mapToInt(Exercise::points).sum(), points);
            assertEquals(exercises.stream().mapToInt(e -> e.answers().size()).sum(), answers);
        }
    }

    @Test
    void severalCellsOfAnExerciseAreToldApart() throws IOException {
        String answer = "int %s() {\n// BEGIN SOLUTION\nreturn 1;\n// END SOLUTION\n}";
        NotebookFile solved = Notebooks.of(
                "some.ipynb",
                answer.formatted("a"),
                answer.formatted("b"),
                "Check.exercise(\"1.2\", 5)",
                "Check.exercise(\"1.2\", 5)",
                "Check.exercise(\"1.2\")");
        List<JsonObject> fields = StudentNotebook.of(solved).cells().stream()
                .map(cell -> cell.metadata().getAsJsonObject("nbgrader"))
                .toList();
        assertEquals(
                List.of(
                        "exercise-1-2",
                        "exercise-1-2-b",
                        "exercise-1-2-check",
                        "exercise-1-2-check-b",
                        "exercise-1-2-check-c"),
                fields.stream().map(f -> f.get("grade_id").getAsString()).toList());
        assertEquals(
                List.of(2, 2, 1),
                fields.stream().skip(2).map(f -> f.get("points").getAsInt()).toList());
        NotebookFile alike = Notebooks.of(
                "some.ipynb",
                answer.formatted("a"),
                "Check.exercise(\"1.2\")",
                answer.formatted("b"),
                "Check.exercise(\"1-2\")");
        assertTrue(Refusal.message(() -> StudentNotebook.of(alike)).contains("exercise-1-2 is taken"));
    }

    @Test
    void picturesOfAQuestionStay() throws IOException {
        NotebookFile solved = Notebooks.of("some.ipynb", "picture", "other");
        JsonArray outputs = JsonParser.parseString(
                        "[{\"output_type\": \"execute_result\", \"execution_count\": 1, \"metadata\": {},"
                                + " \"data\": {\"image/png\": \"iVBO\"}}, {\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"/home/me\"}]")
                .getAsJsonArray();
        solved.cells().forEach(cell -> cell.json().add("outputs", outputs.deepCopy()));
        NotebookCell tagged = solved.cells().get(0);
        tagged.metadata().add("tags", JsonParser.parseString("[\"keep-output\"]"));
        tagged.metadata().add("execution", new JsonObject());
        List<NotebookCell> student = StudentNotebook.of(solved).cells();
        assertEquals(
                JsonParser.parseString(
                        "[{\"output_type\": \"execute_result\", \"execution_count\": null, \"metadata\": {},"
                                + " \"data\": {\"image/png\": \"iVBO\"}}]"),
                student.get(0).outputs());
        assertTrue(student.get(0).executionCount().isEmpty());
        assertEquals(Set.of("tags"), student.get(0).metadata().keySet());
        assertEquals(new JsonArray(), student.get(1).outputs());
    }

    @Test
    void checksCannotBeChangedNorAnswersDeleted() throws IOException {
        List<NotebookCell> cells = StudentNotebook.of(
                        Notebooks.exercise("int f() {\n// BEGIN SOLUTION\nreturn 1;\n// END SOLUTION\n}"))
                .cells();
        assertEquals(
                List.of("deletable", "nbgrader"),
                List.copyOf(cells.get(0).metadata().keySet()));
        assertEquals(
                List.of("deletable", "editable", "nbgrader"),
                List.copyOf(cells.get(1).metadata().keySet()));
        for (Map.Entry<String, ?> entry : cells.get(1).metadata().entrySet()) {
            assertTrue(
                    entry.getKey().equals("nbgrader")
                            || entry.getValue().toString().equals("false"),
                    entry.toString());
        }
    }
}
