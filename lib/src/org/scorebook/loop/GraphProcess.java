package org.scorebook.loop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scorebook.aten.Torch;
import org.scorebook.run.ChildJava;

/** A process of its own that is asked a question, and may end however it does. Its last line is the answer. */
final class GraphProcess implements AutoCloseable {
    private final Process process;
    private final Path printed;
    private final Path log;

    /** Starts a program of this class path. */
    GraphProcess(Class<?> program, String argument) throws IOException {
        printed = Files.createTempFile("scorebook", ".txt");
        log = Files.createTempFile("scorebook", ".log");
        List<String> command = new ArrayList<>(ChildJava.command(log, ChildJava.classPath()));
        command.addAll(List.of(program.getName(), argument));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        Torch.prepare(builder.environment());
        process = builder.start();
        process.getOutputStream().close();
    }

    /** Empty while the process is at work. */
    Optional<String> answer() throws IOException {
        if (process.isAlive()) {
            return Optional.empty();
        }
        int code = process.exitValue();
        return Optional.of(
                code == 0
                        ? lastLine()
                        : "the process that tried them ended with exit code " + code + ": " + lastLine());
    }

    private String lastLine() throws IOException {
        String text = new String(Files.readAllBytes(printed), StandardCharsets.UTF_8).strip();
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(printed);
        Files.deleteIfExists(log);
    }
}
