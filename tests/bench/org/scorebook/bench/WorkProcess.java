package org.scorebook.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.aten.Torch;

/** The other end of a {@link WorkServer}. */
final class WorkProcess implements AutoCloseable {
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    /** Starts a main class that serves, and waits until it is ready. */
    WorkProcess(Class<?> main, String... arguments) throws IOException {
        this(false, main, arguments);
    }

    /** The same, in the environment that the library gives its trainings. */
    static WorkProcess ofTraining(Class<?> main, String... arguments) throws IOException {
        return new WorkProcess(true, main, arguments);
    }

    private WorkProcess(boolean training, Class<?> main, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(Redirect.INHERIT);
        if (training) {
            Torch.prepare(builder.environment());
        }
        process = builder.start();
        commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        answer("ready");
    }

    /** Lets it work once. */
    double seconds() throws IOException {
        return Double.parseDouble(ask("run", "seconds "));
    }

    /** The most memory that it ever had, in bytes. */
    long memory() throws IOException {
        return Long.parseLong(ask("memory", "bytes "));
    }

    /** How many pages of memory it has asked the system for. */
    long faults() throws IOException {
        return Long.parseLong(ask("faults", "pages "));
    }

    private String ask(String command, String before) throws IOException {
        commands.println(command);
        return answer(before);
    }

    private String answer(String before) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(before)) {
            close();
            throw new IOException("the process of a benchmark ended: "
                    + process.info().commandLine().orElse("") + " said " + line);
        }
        return line.substring(before.length());
    }

    @Override
    public void close() {
        commands.close(); // it ends with its input
        process.destroy();
    }
}
