package org.scorebook;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Optional;
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
