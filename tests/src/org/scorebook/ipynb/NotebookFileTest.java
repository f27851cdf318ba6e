package org.scorebook.ipynb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.base.DamagedFile;

public class NotebookFileTest {
    public static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(NotebookFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void isWrittenAsItWasRead(Path file, @TempDir Path folder) throws IOException {
        Path again = folder.resolve("again.ipynb");
        NotebookFile.read(file).write(again);
        assertEquals(-1, Files.mismatch(file, again), "first byte that differs");
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void itsExercisesAreNumberedFromOne(Path file) throws IOException {
        List<Exercise> exercises = Exercise.of(NotebookFile.read(file));
        assertTrue(exercises.size() >= 4, file + " has " + exercises.size());
        for (int i = 0; i < exercises.size(); i++) {
            assertEquals(Integer.toString(i + 1), exercises.get(i).number());
        }
    }

    @ParameterizedTest
    @CsvSource({"'\"2\"', 1", "'\"2\", 3', 3", "' \"2\" , 12 ', 12"})
    void pointsStandInTheCheck(String arguments, int points) throws IOException {
        NotebookFile notebook = NotebookFile.read(notebooks().get(0)).copy();
        List<NotebookCell> cells =
                notebook.cells().stream().filter(NotebookCell::isCode).limit(2).toList();
        cells.get(0).setSource(Exercise.BEGIN + "\n" + Exercise.END);
        cells.get(1).setSource("Check.exercise(" + arguments + ").close(\"x\", x, 1, 0)");
        notebook.setCells(cells);
        assertEquals(points, Exercise.of(notebook).get(0).points());
    }

    @Test
    void aSourceIsChangedWhereItStands() throws IOException {
        NotebookFile notebook = NotebookFile.read(notebooks().get(0));
        NotebookFile copy = notebook.copy();
        NotebookCell cell = copy.cells().get(0);
        cell.setSource("one\n\ntwo\n");
        assertEquals("one\n\ntwo\n", copy.cells().get(0).source());
        assertFalse(notebook.text().equals(copy.text()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nbformat\": 4, | is damaged",
                "[] | is no JSON object",
                "{} | has nbformat null",
                "{\"nbformat\": 3, \"worksheets\": []} | has nbformat 3",
                "{\"nbformat\": 4} | has no list of cells",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]} | has a cell without type and source at position 0"
            })
    void whatIsNoneIsRefused(String text, String problem) {
        DamagedFile refusal =
                assertThrows(DamagedFile.class, () -> NotebookFile.parse(Path.of("handed-in.ipynb"), text));
        assertTrue(refusal.getMessage().startsWith("handed-in.ipynb " + problem), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("; it must be a notebook in nbformat 4, as Jupyter writes it."));
    }
}
