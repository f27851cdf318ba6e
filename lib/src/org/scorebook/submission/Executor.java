package org.scorebook.submission;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;
import org.scorebook.recipe.ProgressListener;

/** Executes copies of notebooks from top to bottom, each in a fresh kernel, and marks them. */
final class Executor {
    private static final int NOT_EXECUTED = 2;

    private final Workbench workbench;
    private final String budget;
    private final int cellSeconds;
    private final ProgressListener progress;

    Executor(Workbench workbench, String budget, int cellSeconds, ProgressListener progress) {
        this.workbench = workbench;
        this.budget = budget;
        this.cellSeconds = cellSeconds;
        this.progress = progress;
    }

    /**
     * An executed copy.
     *
     * @param notebook as it was read; its code works in the folder of {@code original}
     * @throws IOException where no kernel could be started
     */
    NotebookFile execute(NotebookFile notebook, Path original, Map<String, String> versions) throws IOException {
        Path folder = workbench.folder("execution");
        Path in = folder.resolve(notebook.path());
        Path out = folder.resolve("executed.ipynb");
        Path events = folder.resolve("events.jsonl");
        Files.deleteIfExists(out);
        Files.deleteIfExists(events);
        notebook.write(in);
        Instant started = Instant.now();
        Workbench.Ended ended = workbench.run(
                Map.of("SCOREBOOK_BUDGET", budget),
                () -> tell(notebook, events),
                List.of(
                        "execute.py",
                        in.toString(),
                        "--out",
                        out.toString(),
                        "--events",
                        events.toString(),
                        "--cell-timeout",
                        Integer.toString(cellSeconds),
                        "--timeout",
                        Long.toString(Duration.ofDays(1).toSeconds()),
                        "--folder",
                        original.toAbsolutePath().getParent().toString()));
        if (ended.code() >= NOT_EXECUTED || !Files.exists(out)) {
            throw new IOException(notebook.name() + " could not be executed: " + ended.lastWords());
        }
        double seconds = Math.round(Duration.between(started, Instant.now()).toMillis() / 100.0) / 10.0;
        NotebookFile executed = NotebookForm.read(notebook.path(), Files.readString(out));
        number(executed);
        ExecutionMark.put(executed, new Execution(started.truncatedTo(ChronoUnit.SECONDS), seconds, budget, versions));
        return executed;
    }

    private void tell(NotebookFile notebook, Path events) {
        long all =
                notebook.cells().stream().filter(ExecutionOrder::isExecutable).count();
        if (all > 0 && Files.exists(events)) {
            try {
                long done = new String(Files.readAllBytes(events), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.endsWith("}") && !line.contains("\"state\": \"started\""))
                        .count();
                progress.at(notebook.name(), Math.min(done, all), all);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Numbers what was executed from 1: a kernel that had to replace one that died has begun to count anew. */
    private static void number(NotebookFile notebook) {
        int number = 0;
        for (NotebookCell cell : notebook.cells()) {
            if (cell.isCode()
                    && (cell.executionCount().isPresent() || cell.outputs().size() > 0)) {
                JsonPrimitive count = new JsonPrimitive(++number);
                cell.json().add("execution_count", count);
                for (JsonElement output : cell.outputs()) {
                    if (output instanceof JsonObject object && object.has("execution_count")) {
                        object.add("execution_count", count);
                    }
                }
            }
        }
    }
}
