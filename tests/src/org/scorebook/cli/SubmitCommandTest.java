package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code course submit} says before it executes anything. */
class SubmitCommandTest {
    @TempDir
    private Path folder;

    private Result submit(String... more) {
        String[] all = new String[2 + more.length];
        all[0] = "course";
        all[1] = "submit";
        System.arraycopy(more, 0, all, 2, more.length);
        return Result.of(Main.commandLine(), all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--budget=full | --name must be your name, but none is given",
                "--name=Ada --budget=slow | --budget must be quick or full, but is slow",
                "--name=Ada --allow=order | there is no reason to allow \"order\"; did you mean",
                "--name=Ada --max-size=0 | max-size must be at least 1, but is 0",
                "--name=Ada --cell-timeout=0 | cell-timeout must be at least 1, but is 0",
                "--name=Ada --max-size=x | Invalid value for option '--max-size'"
            })
    void wrongCommandLinesAreExplained(String options, String sentence) throws IOException {
        Files.writeString(folder.resolve("a.ipynb"), "{}");
        String[] given = (options + " --notebooks=" + folder).split(" ");
        Result result = submit(given);
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().startsWith("scorebook: " + sentence), result.err());
    }

    @Test
    void aFolderWithoutNotebooksIsTold() {
        Result result = submit("--name=Ada", "--notebooks=" + folder);
        assertEquals(2, result.code());
        assertTrue(result.err().contains("--notebooks must name notebooks or folders of them"), result.err());
    }

    @Test
    void whatIsNoNotebookIsRefusedAndNothingWritten() throws IOException {
        Path bad = Files.writeString(folder.resolve("a.ipynb"), "{\"nbformat\": 3}");
        Path zip = folder.resolve("out.zip");
        Result result = submit("--name=Ada", "--notebooks=" + bad + "," + folder.resolve("none.ipynb"), "--out=" + zip);
        assertEquals(1, result.code(), result.err());
        assertEquals(
                "Nothing was written, for 2 reasons:\n  " + bad
                        + " has nbformat 3; it must be a notebook in nbformat 4, as Jupyter writes it.\n  there is no "
                        + folder.resolve("none.ipynb") + ".\n",
                result.out());
        assertTrue(Files.notExists(zip));
    }

    @Test
    void whatIsNoZipIsNotAccepted() throws IOException {
        Path text = Files.writeString(folder.resolve("a.zip"), "no zip");
        Result result = submit("--verify=" + text);
        assertEquals(1, result.code());
        assertTrue(result.out().startsWith(text + " is not accepted, for "), result.out());
        assertEquals("", result.err());
        Result none = submit("--verify=" + folder.resolve("none.zip"));
        assertEquals(1, none.code());
        assertEquals("scorebook: there is no " + folder.resolve("none.zip") + "\n", none.err());
        assertEquals(1, submit("--verify=" + folder).code());
    }
}
