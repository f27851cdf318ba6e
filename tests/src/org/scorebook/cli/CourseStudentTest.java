package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseStudentTest {
    private static final String NOTEBOOK = """
            {"cells": [
              {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "![roll](pictures/roll.png) [page](notes.txt) [x](y)"},
              {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}, "outputs": [],
               "source": "int f() {\\n    // BEGIN SOLUTION\\n    int one = 1;\\n    // END SOLUTION\\n    return 1;\\n}"},
              {"cell_type": "code", "execution_count": 2, "id": "b", "metadata": {}, "outputs": [],
               "source": "org.scorebook.course.Check.exercise(\\"1\\").value(\\"f\\", () -> f(), 1, 0).done()"}
            ], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """;

    @TempDir
    private Path folder;

    private Path from;
    private Path out;

    @BeforeEach
    void solvedNotebooks() throws IOException {
        from = Files.createDirectory(folder.resolve("solved"));
        out = folder.resolve("out");
        Files.createDirectory(from.resolve("pictures"));
        Files.writeString(from.resolve("pictures/roll.png"), "PNG");
        Files.writeString(from.resolve("notes.txt"), "notes");
        Files.writeString(from.resolve("STUDENTS.md"), "# For students");
        Files.writeString(from.resolve("01-a.ipynb"), NOTEBOOK);
        Files.writeString(from.resolve("02-b.ipynb"), NOTEBOOK);
    }

    private Result run(String... more) {
        List<String> line = Stream.concat(
                        Stream.of("course", "student", "--from", from.toString(), "--out", out.toString()),
                        Stream.of(more))
                .toList();
        return Result.of(Main.commandLine(), line.toArray(String[]::new));
    }

    private Map<String, FileTime> files() throws IOException {
        Map<String, FileTime> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(out)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(out.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    @Test
    void writesAllOnceAndTheSecondTimeNothing() throws IOException {
        Result first = run();
        assertEquals(0, first.code(), first.err());
        Map<String, FileTime> files = files();
        assertEquals(
                List.of(".scorebook.json", "01-a.ipynb", "02-b.ipynb", "README.md", "notes.txt", "pictures/roll.png"),
                List.copyOf(files.keySet()));
        assertTrue(Files.readString(out.resolve("01-a.ipynb")).contains("if (true) throw"));
        Result second = run();
        assertEquals(0, second.code(), second.err());
        assertTrue(second.out().startsWith("nothing has changed"), second.out());
        assertEquals(files, files());
    }

    @Test
    void replacesOthersOnlyByForce() throws IOException {
        run("--only", "01");
        assertFalse(Files.exists(out.resolve("02-b.ipynb")));
        Files.writeString(out.resolve("01-a.ipynb"), "mine");
        Result refused = run();
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("has other versions of 01-a.ipynb: --force replaces them"), refused.err());
        assertFalse(Files.exists(out.resolve("02-b.ipynb")));
        assertEquals(0, run("--update").code());
        assertEquals("mine", Files.readString(out.resolve("01-a.ipynb")));
        assertEquals(0, run("--force").code());
        assertFalse(Files.readString(out.resolve("01-a.ipynb")).contains("mine"));
    }

    @Test
    void withSolutionsForNbgrader() throws IOException {
        assertEquals(0, run("--with-solutions").code());
        String text = Files.readString(out.resolve("01-a.ipynb"));
        assertTrue(text.contains("BEGIN SOLUTION") && text.contains("exercise-1-check"), text);
        assertFalse(Files.exists(out.resolve("README.md")));
    }

    @Test
    void whatCannotBeHandedOutIsNamed() throws IOException {
        Files.writeString(from.resolve("02-b.ipynb"), NOTEBOOK.replace("return 1;", "return one;"));
        Result uncompilable = run();
        assertEquals(1, uncompilable.code());
        assertTrue(
                uncompilable.err().contains("02-b.ipynb, cell a: variable one, which it uses, is declared nowhere"),
                uncompilable.err());
        assertEquals(Map.of(), files(), "nothing is written");
        Files.writeString(from.resolve("02-b.ipynb"), NOTEBOOK.replace("roll.png", "moon.png"));
        Result incomplete = run();
        assertEquals(2, incomplete.code());
        assertTrue(
                incomplete.err().contains("02-b.ipynb, cell m: the picture pictures/moon.png must be"),
                incomplete.err());
        Files.writeString(from.resolve("02-b.ipynb"), NOTEBOOK.replace("// END SOLUTION", "// END"));
        assertTrue(run().err().contains("02-b.ipynb, cell a: there is no // END SOLUTION"), run().err());
    }

    @Test
    void wrongFoldersAreRefused() {
        out = from;
        assertEquals(2, run("--force").code());
        out = folder.resolve("out");
        assertTrue(run("--only", "seven").err().contains("01-a.ipynb, 02-b.ipynb"));
        from = folder.resolve("nowhere");
        assertTrue(run().err().contains("from must be a folder of notebooks, but is " + from));
        from = folder;
        assertTrue(run().err().contains("there is none in " + folder));
        assertTrue(run("--force", "--update").err().contains("mutually exclusive"));
    }
}
