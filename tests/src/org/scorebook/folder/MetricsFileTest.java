package org.scorebook.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFileTest {
    @TempDir
    private Path folder;

    private Path path;
    private MetricsFile file;

    @BeforeEach
    void create() {
        path = folder.resolve("metrics.jsonl");
        file = new MetricsFile(path);
    }

    private List<Double> steps() throws IOException {
        return file.read().stream().map(row -> row.get("step")).toList();
    }

    @Test
    void linesAreKeptInTheirOrder() throws IOException {
        assertEquals(List.of(), file.read());
        file.truncateAfter(5);
        assertFalse(Files.exists(path));
        file.append(Map.of("step", 1, "loss", Double.NaN));
        file.append(Map.of("step", 2, "loss", Double.POSITIVE_INFINITY));
        file.append(Map.of("step", 3, "loss", 0.25));
        assertEquals(List.of(1.0, 2.0, 3.0), steps());
        assertEquals(Double.POSITIVE_INFINITY, file.read().get(1).get("loss"));
        file.truncateAfter(2);
        assertEquals(List.of(1.0, 2.0), steps());
    }

    /** A kill leaves any part of a line. */
    @Test
    void aLineThatWasCutShortGivesPlaceToTheNext() throws IOException {
        file.append(Map.of("step", 1));
        String first = Files.readString(path);
        String second = "{\"step\":2}";
        for (int length = 0; length <= second.length(); length++) {
            Files.writeString(path, first + second.substring(0, length));
            boolean whole = length == second.length();
            assertEquals(whole ? List.of(1.0, 2.0) : List.of(1.0), steps());
            file.check();
            file.append(Map.of("step", 3));
            assertEquals(first + (whole ? second + "\n" : "") + "{\"step\":3}\n", Files.readString(path));
        }
        Files.writeString(path, first + second.substring(0, 4));
        file.truncateAfter(9);
        assertEquals(first, Files.readString(path));
    }

    /** Nobody but a person, or a bad disk, writes such a line: it is told, and nothing is dropped. */
    @ParameterizedTest
    @ValueSource(strings = {"garbage", "{\"loss\":1}", "{\"step\":\"x\"}", "[2]", "{\"step\":2", "{}{}"})
    void anotherLineThatIsNoneIsTold(String line) throws IOException {
        String content = "{\"step\":1}\n" + line + "\n{\"step\":3}\n";
        Files.writeString(path, content);
        String expected = path + " is damaged: line 2 must be a JSON object with a step, but is " + line
                + "; mend or remove this line, then resume the run.";
        assertEquals(expected, assertThrows(IOException.class, file::check).getMessage());
        assertEquals(
                expected,
                assertThrows(IOException.class, () -> file.truncateAfter(1)).getMessage());
        assertEquals(content, Files.readString(path));
        file.append(Map.of("step", 4));
        assertEquals(content + "{\"step\":4}\n", Files.readString(path));
    }
}
