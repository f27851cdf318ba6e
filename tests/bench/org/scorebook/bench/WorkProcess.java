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

/** The other end of a {@link WorkServer}. */
final class WorkProcess implements AutoCloseable {
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    /** Starts a main class that serves, with an environment such as the commands have, and waits until it is ready. */
    WorkProcess(Class<?> main, String... arguments) throws IOException {
        this(true, main, arguments);
    }

    /** The same for a peer, whose environment is nobody's choice. */
    static WorkProcess ofPeer(Class<?> main, String... arguments) throws IOException {
        return new WorkProcess(false, main, arguments);
    }

    private WorkProcess(boolean prepared, Class<?> main, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(Redirect.INHERIT);
        if (!prepared) {
            builder.environment().remove("MALLOC_ARENA_MAX"); // which the commands set
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
