package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with this test's class path. */
public final class Child {
    private Child() {}

    /** @param exit status of the program @param output and errors, as it wrote them */
    record Ended(int exit, String output) {}

    /** A main class, not yet started. */
    public static ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /**
     * Runs a main class to its end.
     *
     * @param environment variables besides this process's; one that is null is taken out
     */
    static Ended run(Path folder, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = java(main, arguments).redirectErrorStream(true).redirectOutput(output.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the child does not end");
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
