package org.scorebook.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** What keeps a notebook from being handed in, and what does not. */
class ExaminationTest {
    private static List<String> sentences(List<Objection> reasons) {
        return reasons.stream().map(Objection::sentence).toList();
    }

    @Test
    void errorsAreTold() throws IOException {
        String stub = "throw new UnsupportedOperationException(\"Exercise 3 is not answered yet.\");";
        String thrown = Handed.FAILED
                .replace("CheckFailed", "UnsupportedOperationException")
                .replace("wrong", "Exercise 3 is not answered yet.");
        String meant = Handed.code(4, "fails()", Handed.FAILED)
                .replace("\"metadata\": {}", "\"metadata\": {\"tags\": [\"raises-exception\"]}");
        NotebookFile notebook = Handed.notebook(
                "01-small",
                Handed.code(1, "bad()", Handed.PRINTED, Handed.FAILED),
                Handed.code(2, stub, thrown),
                Handed.code(3, "Check.exercise(\"1\").holds(\"x\", false)", Handed.FAILED),
                meant,
                Handed.code(5, "good()", Handed.PRINTED));
        assertEquals(
                List.of("01-small, cell 1 (`bad()`) ends in an error: CheckFailed: wrong."),
                sentences(FailedCells.reasons(notebook)));
    }

    @Test
    void cellsThatWereNotExecutedOrNotInOrderAreTold() throws IOException {
        NotebookFile notebook = Handed.notebook(
                "01-small",
                Handed.code(2, "a"),
                Handed.text("text"),
                Handed.code(1, "b"),
                Handed.code(null, "c"),
                Handed.code(null, "  "),
                Handed.code(5, "d"));
        assertEquals(
                List.of(
                        "01-small, cell 3 (`b`) was executed as number 1, not after the cell above it, which is number 2.",
                        "01-small, cell 4 (`c`) was not executed."),
                sentences(ExecutionOrder.reasons(notebook)));
    }

    @Test
    void aMarkFitsOneCodeAndOneOutput() throws IOException {
        NotebookFile notebook = Handed.executed();
        assertEquals(List.of(), ExecutionMark.reasons(notebook));
        NotebookCell cell = notebook.cells().get(1);
        JsonObject output = cell.outputs().get(0).getAsJsonObject();
        output.addProperty("text", "a\nb"); // as another program may save it
        assertEquals(List.of(), ExecutionMark.reasons(notebook));
        output.addProperty("text", "a\nc");
        assertEquals(
                List.of("01-small, cell 2 (`Torch.manager(7)`) does not show what it showed when it was executed."),
                sentences(ExecutionMark.reasons(notebook)));
        cell.setSource("Torch.manager(8)");
        assertEquals(
                List.of("01-small, cell 2 (`Torch.manager(8)`) is not as it was executed: its code was changed."),
                sentences(ExecutionMark.reasons(notebook)));
        notebook.setCells(notebook.cells().subList(0, 4));
        assertEquals(
                List.of("01-small has 3 code cells, but 4 were executed."), sentences(ExecutionMark.reasons(notebook)));
    }

    @Test
    void theMarkOfOneVersionFitsNoOther() throws IOException {
        NotebookFile notebook = Handed.executed();
        notebook.metadata().getAsJsonObject("scorebook_execution").addProperty("scorebook", "another");
        assertEquals(4, ExecutionMark.reasons(notebook).size());
    }

    @Test
    void withoutAMarkThereIsNoExecution() throws IOException {
        NotebookFile notebook = Handed.notebook("01-small", Handed.code(1, "a"));
        assertEquals(
                List.of("01-small has no mark of an execution by this command."),
                sentences(ExecutionMark.reasons(notebook)));
        for (String bad : List.of("seconds", "started", "budget", "engine")) {
            NotebookFile half = Handed.executed();
            half.metadata().getAsJsonObject("scorebook_execution").add(bad, new JsonArray());
            assertEquals(1, ExecutionMark.reasons(half).size(), bad);
        }
    }

    @Test
    void pointsAreSharedByTheChecksOfAnExercise() throws IOException {
        NotebookFile notebook = Handed.notebook(
                "01-small",
                Handed.code(1, "Check.exercise(\"1\", 3).holds(\"x\", true)"),
                Handed.code(2, "Check.exercise(\"1\", 3).holds(\"x\", true)", Handed.FAILED),
                Handed.code(3, "Check.exercise(\"2\", 2).holds(\"x\", true)"),
                Handed.code(4, "throw new X(\"Exercise 3 is not answered yet.\")", Handed.FAILED),
                Handed.code(5, "Check.exercise(\"3\").holds(\"x\", true)", Handed.FAILED),
                Handed.code(null, "Check.exercise(\"4\", 5).holds(\"x\", true)"));
        assertEquals(
                List.of(
                        new ExerciseResult("1", 2, 3, "failed"),
                        new ExerciseResult("2", 2, 2, "passed"),
                        new ExerciseResult("3", 0, 1, "unanswered"),
                        new ExerciseResult("4", 0, 5, "not executed")),
                ExerciseResult.of(notebook));
    }

    @Test
    void allFilesThatAreNoNotebookAreTold(@TempDir Path folder) throws IOException {
        Path good = folder.resolve("Ünï.ipynb");
        Path same = folder.resolve("Uni.ipynb");
        Path bad = folder.resolve("bad.ipynb");
        Path index = folder.resolve("index.ipynb");
        byte[] notebook = Handed.executed().text().getBytes(StandardCharsets.UTF_8);
        Files.write(good, notebook);
        Files.write(same, notebook);
        Files.write(index, notebook);
        Files.writeString(bad, "{\"nbformat\": 3}");
        Path none = folder.resolve("none.ipynb");
        Path text = Files.writeString(folder.resolve("a.txt"), "text");
        Path deep = Files.writeString(folder.resolve("deep.ipynb"), "[".repeat(500_000));
        Inputs inputs = new Inputs(List.of(good, same, bad, index, none, text, deep));
        List<String> told = sentences(inputs.reasons());
        assertEquals(6, told.size(), told.toString());
        assertEquals(same + " would have the same name as " + good + ": Uni.ipynb.", told.get(0));
        assertTrue(told.get(1).startsWith(bad + " has nbformat 3"), told.get(1));
        assertTrue(told.get(2).startsWith(index + " has a name that pages need"), told.get(2));
        assertEquals("there is no " + none + ".", told.get(3));
        assertTrue(told.get(4).contains("must end in .ipynb"), told.get(4));
        assertTrue(told.get(5).startsWith(deep + " is "), told.get(5));
        assertEquals(
                List.of("Uni"),
                inputs.notebooks().keySet().stream().map(NotebookFile::name).toList());
    }

    @Test
    void theOrderIsThatOfNamesInTheZip(@TempDir Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("Übung", "b", "a", "02", "a-2")) {
            files.add(Files.writeString(
                    folder.resolve(name + ".ipynb"), Handed.executed().text()));
        }
        assertEquals(
                List.of("02", "Ubung", "a-2", "a", "b"),
                new Inputs(files)
                        .notebooks().keySet().stream().map(NotebookFile::name).toList());
    }

    @Test
    void theEnvironmentFollowsFromTheNotebooks() throws IOException {
        String text = EnvironmentText.of(List.of(Handed.executed()));
        assertEquals("""
                Where and when the notebooks of this submission were executed.

                01-small.ipynb
                  executed   2026-01-31T12:00:00Z, in 1.5 s, budget quick
                  scorebook  scorebook 1
                  java       java 1
                  engine     engine 1
                  jupyter    jupyter 1
                  system     system 1
                  hardware   hardware 1
                  seeds      Torch.manager(7)
                """, text);
    }
}
