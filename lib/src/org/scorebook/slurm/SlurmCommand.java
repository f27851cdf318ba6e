package org.scorebook.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs one of Slurm's commands, never by way of a shell, and not longer than a limit. */
final class SlurmCommand {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ProcessBuilder builder;

    /** With this process's environment, but for what changes what the commands print, and for the job that this process is in. */
    SlurmCommand(String... words) {
        builder = new ProcessBuilder(words);
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.matches("(SLURM|SQUEUE|SACCT|SCANCEL|SCONTROL)_.*") && !name.equals("SLURM_CONF"));
        builder.environment().put("LC_ALL", "C");
    }

    /** For changes of how it runs. */
    ProcessBuilder builder() {
        return builder;
    }

    /**
     * The lines that it prints.
     *
     * @throws SlurmException where there is no such program, it takes too long, or it fails
     */
    List<String> lines() throws SlurmException {
        return lines(LIMIT);
    }

    /** As {@link #lines()}, with another limit. */
    List<String> lines(Duration limit) throws SlurmException {
        try {
            Path out = Files.createTempFile("slurm", ".out");
            Path err = Files.createTempFile("slurm", ".err");
            try {
                run(out, err, limit);
                return Files.readAllLines(out);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (SlurmException e) {
            throw e;
        } catch (IOException e) {
            throw new SlurmException("what " + name() + " says cannot be read: " + e.getMessage(), e);
        }
    }

    private void run(Path out, Path err, Duration limit) throws IOException {
        Process process = started(out, err);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SlurmException(name() + " has given no answer for " + limit.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SlurmException(name() + " was not waited for, because this thread was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw refusal(err, out);
        }
    }

    private Process started(Path out, Path err) throws SlurmException {
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(out.toFile());
        builder.redirectError(err.toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new SlurmException(
                    "there is no " + name()
                            + " that can be run here: call this where Slurm is, such as a login node of the cluster",
                    e);
        }
    }

    /** What it says itself, without its name, in one line. */
    private SlurmException refusal(Path... files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(Files.readString(file)).append('\n');
        }
        String words = Stream.of(text.toString().split("\n"))
                .map(line -> line.strip().replaceFirst("^\\w+: (error: )?", ""))
                .filter(line -> !line.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        return new SlurmException(name() + " refuses: " + (words.isEmpty() ? "it does not say why" : words));
    }

    private String name() {
        return builder.command().get(0);
    }
}
