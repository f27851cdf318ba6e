package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.LossHistory;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;

/** One run of two has a file that nobody can read. */
class DamagedRunTest {
    @TempDir
    private Path runs;

    private RunDirectory good;
    private RunDirectory bad;

    @BeforeEach
    void create() throws IOException {
        good = RunDirectory.create(RunConfig.defaults().with("run_name", "good"), runs);
        bad = RunDirectory.create(RunConfig.defaults().with("run_name", "bad"), runs);
    }

    private Result run(String... args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.add(args[0].equals("sample") ? "--runs-dir" : "--save-dir");
        all.add(runs.toString());
        return Result.of(Main.commandLine(), all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "", "null", "{}", "{\"state\": \"running\", \"pid\": ", "{\"state\": 5}"})
    void itsStatusIsOneRowAndTheOthersGoOn(String content) throws IOException {
        Path file = bad.path().resolve("status.json");
        Files.writeString(file, content);
        Result list = run("jobs", "list");
        assertEquals(0, list.code(), list.err());
        List<String> rows = list.out().lines().toList();
        assertEquals(3, rows.size(), list.out());
        assertTrue(rows.stream().anyMatch(row -> row.matches(good.id() + " +queued .*")), list.out());
        assertTrue(
                rows.stream().anyMatch(row -> row.matches(bad.id() + " +unknown .* \\Q" + file + "\\E is damaged: .*")),
                list.out());
        assertTrue(run("jobs", "show", "good").out().startsWith(good.id() + ": queued"));
        Result show = run("jobs", "show", "bad");
        assertEquals(1, show.code());
        assertTrue(show.err().matches("scorebook: \\Q" + file + "\\E is damaged: .*\\R"), show.err());
        for (RunDirectory run : List.of(good, bad)) {
            Result sample = run("sample", run.id());
            assertTrue(sample.err().contains(run.path() + " has no checkpoint"), sample.err());
        }
    }

    /** Other folders have neither settings nor checkpoints. */
    @Test
    void aRunWithoutItsStatusIsARowToo() throws IOException {
        Files.delete(bad.path().resolve("status.json"));
        Files.createDirectories(runs.resolve("pictures"));
        String reason = "run " + bad.id() + " has no status.json any more: somebody has deleted it from " + bad.path();
        for (int i = 0; i < 2; i++) {
            Result list = run("jobs", "list");
            assertEquals(3, list.out().lines().count(), list.out());
            assertTrue(
                    list.out().lines().anyMatch(row -> row.matches(bad.id() + " +unknown .* \\Q" + reason + "\\E")),
                    list.out());
            Result show = run("jobs", "show", "bad");
            assertEquals("scorebook: " + reason, show.err().strip());
            Files.deleteIfExists(bad.path().resolve("config.json")); // its checkpoints are a sign of their own
        }
    }

    /** Cancelled, to be resumed: nothing begins, and nothing is lost. */
    @Test
    void whatItGoesOnWithIsLookedAtBeforeItIsResumed() throws IOException {
        Path status = bad.path().resolve("status.json");
        Files.writeString(status, Files.readString(status).replace("queued", "cancelled"));
        bad.writeLossHistory(LossHistory.EMPTY.plus(1, 2, 3));
        Path losses = bad.path().resolve("loss_history.json");
        String whole = Files.readString(losses);
        refused(losses, "[1, ", "loss_history.json is damaged: ", "; mend it, or move it away to go on without");
        refused(losses, "", "loss_history.json is damaged: it is empty; ", "");
        refused(losses, "{\"train_loss\": [1]}", "is damaged: there must be train_loss, val_loss, test_loss and", "");
        refused(losses, whole.replace("\"epochs\"", "\"lr\": [1], \"epochs\""), "there is no entry \"lr\" but [", "");
        Files.writeString(losses, whole);
        Path metrics = bad.path().resolve("metrics.jsonl");
        refused(
                metrics,
                "{\"step\": 1}\ngarbage\n{\"step\": 2}\n",
                "is damaged: line 2 must be",
                "but is garbage; mend");
        Files.delete(metrics);
        Path log = bad.path().resolve("log.txt");
        Files.createDirectory(log);
        Result result = run("jobs", "resume", bad.id());
        assertTrue(result.err().contains("log.txt must be a file that can be written: move away"), result.err());
        assertEquals(RunState.CANCELLED, bad.status().state());
        Files.delete(log);
        Files.write(log, new byte[] {(byte) 0xff, 0, (byte) 0xfe, 'x'});
        bad.reopen();
        assertEquals(RunState.QUEUED, bad.status().state());
        bad.log("goes on");
        assertTrue(bad.logTail(1).get(0).endsWith("Z goes on"), "a line of its own");
    }

    private void refused(Path file, String content, String... message) throws IOException {
        Files.writeString(file, content);
        Result result = run("jobs", "resume", bad.id());
        assertEquals(1, result.code());
        for (String part : message) {
            assertTrue(result.err().contains(part), result.err());
        }
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(content, Files.readString(file));
        assertEquals(RunState.CANCELLED, bad.status().state());
    }
}
