package org.scorebook.grading;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.scorebook.ipynb.NotebookFile;
import org.scorebook.sandbox.Sandbox;

/**
 * One execution of a notebook in a sandbox. The runner, environment/execute.py, stands outside of what confines the kernel: what the notebook's code
 * can write is not what tells how its cells ended.
 *
 * @param notebook as executed
 * @param outcomes by place among the cells; a cell that was not executed has none
 */
record NotebookRun(NotebookFile notebook, Map<Integer, CellOutcome> outcomes) {
    private static final int GRACE_SECONDS = 180;
    private static final Gson GSON = new Gson();

    /**
     * Executes.
     *
     * @throws IOException where it could not be executed at all; the message says why
     */
    static NotebookRun of(NotebookFile notebook, Installation installation, Sandbox sandbox, MarkingOptions options)
            throws IOException, InterruptedException {
        Path own = sandbox.own();
        Path file = own.resolve(notebook.name() + NotebookFile.SUFFIX);
        Path executed = own.resolve("executed" + NotebookFile.SUFFIX);
        Path events = own.resolve("events.jsonl");
        notebook.write(file);
        List<String> command = new ArrayList<>(sandbox.alone());
        command.addAll(installation.python("execute.py"));
        command.addAll(List.of(file.toString(), "--out", executed.toString(), "--events", events.toString()));
        command.addAll(List.of("--cell-timeout", Integer.toString(options.cellSeconds())));
        command.addAll(List.of("--timeout", Integer.toString(options.seconds())));
        command.addAll(List.of("--memory", Double.toString(options.limits().memory() / 1e6)));
        command.addAll(List.of("--folder", own.toString(), "--wrap", wrap(installation, sandbox, options)));
        String said = run(command, installation, sandbox, options.seconds() + GRACE_SECONDS);
        if (!Files.exists(executed)) {
            throw new IOException(
                    "could not be executed: " + (said.isBlank() ? "the runner ended without a word" : said));
        }
        return new NotebookRun(NotebookFile.read(executed), outcomes(events));
    }

    private static String wrap(Installation installation, Sandbox sandbox, MarkingOptions options) throws IOException {
        return GSON.toJson(
                sandbox.confined(installation.visible(), installation.kernelEnvironment(sandbox.work(), options)));
    }

    private static String run(List<String> command, Installation installation, Sandbox sandbox, int seconds)
            throws IOException, InterruptedException {
        File said = sandbox.own().resolve("said.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(sandbox.own().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said);
        builder.environment().clear();
        builder.environment().putAll(installation.runnerEnvironment(sandbox.handed()));
        Process process = builder.start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                return "the runner did not end within " + seconds + " s";
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String text = Files.readString(said.toPath(), StandardCharsets.UTF_8).strip();
        return text.substring(Math.max(0, text.length() - 500)).replaceFirst("(?s).*scorebook: ", "");
    }

    private static Map<Integer, CellOutcome> outcomes(Path events) throws IOException {
        Map<Integer, CellOutcome> outcomes = new HashMap<>();
        Map<Integer, JsonObject> last = new LinkedHashMap<>();
        for (String line : Files.readAllLines(events)) {
            JsonObject event = GSON.fromJson(line, JsonObject.class);
            last.put(event.get("cell").getAsInt(), event);
        }
        last.forEach((place, event) -> outcomes.put(
                place,
                new CellOutcome(
                        event.get("state").getAsString(),
                        event.has("seconds") ? event.get("seconds").getAsDouble() : 0,
                        event.has("reason") ? event.get("reason").getAsString() : "")));
        return outcomes;
    }
}
