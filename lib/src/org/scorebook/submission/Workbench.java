package org.scorebook.submission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder for what is only needed meanwhile, and the Python programs that work in it, one at a time. When this program is stopped,
 * so are they, and the folder is gone.
 */
final class Workbench implements AutoCloseable {
    private static final String PYTHON = "SCOREBOOK_PYTHON";
    private static final int PATIENCE_SECONDS = 10;
    private static final int TICK_MILLIS = 200;

    private final Path folder;
    private final Path project;
    private final String python;
    private final Thread hook = new Thread(this::clear);
    private volatile Process running;

    /** @throws IllegalStateException where the start script has not said where Python and the project are */
    Workbench() throws IOException {
        python = System.getenv(PYTHON);
        String root = System.getProperty("scorebook.project");
        if (python == null || root == null) {
            throw new IllegalStateException(
                    "environment/scorebook must start this command: it finds Python with Jupyter");
        }
        project = Path.of(root);
        folder = Files.createTempDirectory("scorebook-submission");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The project's folder. */
    Path project() {
        return project;
    }

    /** A folder in it, made where it is not there. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** What a program left: its exit code, and the last line that it wrote on standard error. */
    record Ended(int code, String lastWords) {}

    /** Runs a program of the folder environment, or Python's own options, to its end. */
    Ended run(Map<String, String> variables, Runnable everyTick, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(python, "-W", "ignore"));
        boolean script = arguments.get(0).endsWith(".py");
        command.add(
                script
                        ? project.resolve("environment")
                                .resolve(arguments.get(0))
                                .toString()
                        : arguments.get(0));
        command.addAll(arguments.subList(1, arguments.size()));
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(variables);
        running = builder.start();
        running.getOutputStream().close();
        try {
            while (!running.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                everyTick.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        }
        everyTick.run();
        List<String> words =
                text(errors).lines().filter(line -> !line.isBlank()).toList();
        return new Ended(
                running.exitValue(),
                words.isEmpty() ? "" : words.get(words.size() - 1).replaceFirst("^scorebook: ", ""));
    }

    /** What the last program wrote on standard output. */
    String output() throws IOException {
        return text(folder.resolve("output.txt"));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private void clear() {
        try {
            Process last = running;
            if (last != null && last.isAlive()) {
                last.destroy();
                if (!last.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    last.destroyForcibly();
                }
            }
            List<Path> inside;
            try (Stream<Path> walk = Files.walk(folder)) {
                inside = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : inside) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // what cannot be deleted lies where the system clears up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        clear();
    }
}
