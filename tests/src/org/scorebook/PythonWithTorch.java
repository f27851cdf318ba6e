package org.scorebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Python that has PyTorch, for tests that hand it weights. */
public final class PythonWithTorch {
    private PythonWithTorch() {}

    /** The program; the test is skipped where there is none. */
    public static String find() {
        Optional<String> python = Stream.of("python3", "/usr/bin/python3")
                .filter(PythonWithTorch::hasTorch)
                .findFirst();
        assumeTrue(python.isPresent(), "no Python with torch (Debian: python3-torch)");
        return python.orElseThrow();
    }

    /**
     * Runs a script of {@code tests/resources} to its end, which must be a good one.
     *
     * @param folder in which it runs
     * @return what it said
     */
    public static String run(String python, Path folder, String script, Path... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                python, Path.of("tests/resources", script).toAbsolutePath().toString()));
        List.of(arguments).forEach(path -> command.add(path.toString()));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "PyTorch did not end");
        String said = Files.readString(log);
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    /** To 1e-4 of the largest number, which must be above a bound: numbers that are all almost zero prove nothing. */
    public static void assertClose(NDArray expected, NDArray actual, double bound) {
        double size = expected.abs().max().getFloat();
        assertTrue(size > bound, "answers are almost zero");
        assertEquals(0, actual.sub(expected).abs().max().getFloat() / size, 1e-4);
    }

    private static boolean hasTorch(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import torch")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
