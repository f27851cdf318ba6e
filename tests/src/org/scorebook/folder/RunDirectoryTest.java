package org.scorebook.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Invocation;
import org.scorebook.config.RunConfig;
import org.scorebook.machine.ProcessMark;
import org.scorebook.train.Checkpoint;

class RunDirectoryTest {
    @TempDir
    private Path runs;

    private RunDirectory run;

    @BeforeEach
    void create() throws IOException {
        run = RunDirectory.create(RunConfig.preset("emoji-cpu"), runs);
    }

    @Test
    void holdsWhatTheContractNames() throws IOException {
        assertTrue(run.id().matches("emoji-cpu-\\d{8}-\\d{6}"), run.id());
        assertEquals(RunConfig.preset("emoji-cpu"), run.config());
        JsonObject config = JsonParser.parseString(Files.readString(run.path().resolve("config.json")))
                .getAsJsonObject();
        assertTrue(config.has("scorebook_version") && config.has("seed") && config.has("device"));
        JsonObject status = JsonParser.parseString(Files.readString(run.path().resolve("status.json")))
                .getAsJsonObject();
        assertEquals("queued", status.get("state").getAsString());
        assertFalse(Instant.parse(status.get("created").getAsString()).isAfter(Instant.now()));
        assertTrue(status.keySet()
                .containsAll(List.of("pid", "step", "totalSteps", "error", "started", "updated", "finished")));
    }

    @Test
    void idsAreUniqueAndSafe() throws IOException {
        RunConfig config = RunConfig.defaults().with("run_name", "../été 1/x");
        String first = RunDirectory.create(config, runs).id();
        String second = RunDirectory.create(config, runs).id();
        assertNotEquals(first, second);
        assertTrue(first.matches("[A-Za-z0-9._-]+") && !first.contains(".."), first);
        assertEquals(second, Runs.find("latest", runs).id());
        assertEquals(second, Runs.find("../été 1/x", runs).id());
        assertEquals(first, Runs.find(first, runs).id());
    }

    @Test
    void missingRunsAreExplained() {
        String message = assertThrows(IllegalArgumentException.class, () -> Runs.find(run.id() + "x", runs))
                .getMessage();
        assertEquals("there is no run " + run.id() + "x in " + runs + "; did you mean " + run.id() + "?", message);
        Path empty = runs.resolve("none");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Runs.find("a", empty))
                .getMessage()
                .startsWith("there are no runs in " + empty));
        assertThrows(IllegalArgumentException.class, () -> RunDirectory.open(empty));
    }

    @Test
    void progressIsWrittenAndRead() throws IOException {
        run.update(status -> status.ofProcess(ProcessMark.current()).running("cpu"));
        run.progress(new Progressed(10, 100, 0, 12.5));
        run.progress(new Progressed(11, 100, 0, 12.5));
        assertEquals(10, run.status().step(), "the second came too soon to be written");
        run.progress(new Progressed(100, 100, 1, 12.5));
        Status status = run.status();
        assertEquals(List.of(100L, 100L, 1, 12.5, "cpu"), values(status));
        assertEquals(RunState.RUNNING, status.state());
        assertThrows(IllegalArgumentException.class, () -> new Progressed(3, 2, 0, 0));
    }

    private static List<Object> values(Status s) {
        return List.of(s.step(), s.totalSteps(), s.epoch(), s.imagesPerSecond(), s.device());
    }

    @Test
    void metricsPassOverAHalfLine() throws IOException {
        for (int step = 1; step <= 3; step++) {
            run.appendMetrics(Map.of("step", step, "train_loss", step == 2 ? Double.NaN : 0.5 / step));
        }
        Path file = run.path().resolve("metrics.jsonl");
        Files.writeString(file, "{\"step\": 4, \"train_l", StandardOpenOption.APPEND);
        assertEquals(3, run.metrics().size());
        assertTrue(run.metrics().get(1).get("train_loss").isNaN());
        run.appendMetrics(Map.of("step", 5));
        assertEquals(5, run.metrics().get(3).get("step"));
        run.truncateMetrics(2);
        assertEquals(2, Files.readAllLines(file).size());
    }

    @Test
    void aFolderInPlaceOfAFileIsToldWithItsPath() throws IOException {
        for (String name : List.of("status.json", "metrics.jsonl", "loss_history.json", "log.txt")) {
            Path file = run.path().resolve(name);
            Files.deleteIfExists(file);
            Files.createDirectory(file);
        }
        assertNoFile("status.json", run::status);
        assertNoFile("metrics.jsonl", run::metrics);
        assertNoFile("loss_history.json", run::lossHistory);
        assertNoFile("log.txt", () -> run.logTail(3));
    }

    private void assertNoFile(String name, Executable reading) {
        String message = assertThrows(DamagedFile.class, reading).getMessage();
        assertTrue(message.startsWith(run.path().resolve(name) + " is no regular file; "), message);
    }

    @Test
    void checkpointsAreWholeAndTheOldestGo() throws IOException {
        Path checkpoints = run.path().resolve("checkpoints");
        for (int step : new int[] {5, 100, 20, 1000}) {
            Checkpoint.write(checkpoints, step, Map.of(), Map.of("state", "{}"));
            Checkpoint.prune(checkpoints, 2);
        }
        assertEquals(
                List.of("step-00000100", "step-00001000"),
                run.checkpoints().stream().map(p -> p.getFileName().toString()).toList());
        Path next = checkpoints.resolve("step-00002000");
        IOException full = assertThrows(
                IOException.class,
                () -> AtomicFiles.writeFolder(next, folder -> {
                    Files.writeString(folder.resolve("half"), "");
                    throw new IOException("No space left on device");
                }));
        assertEquals("cannot write " + next + ": No space left on device", full.getMessage());
        assertTrue(run.latestCheckpoint().orElseThrow().endsWith("step-00001000"));
        Files.createDirectories(run.path().resolve("checkpoints/.step-00003000.tmp-x"));
        run.sweep();
        try (Stream<Path> left = Files.list(run.path().resolve("checkpoints"))) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void lossHistoryHasTheSeedsNames() throws IOException {
        assertEquals(LossHistory.EMPTY, run.lossHistory());
        LossHistory history = LossHistory.EMPTY.plus(0.3, 0.4, 0.5).plus(0.2, 0.3, Double.NaN);
        run.writeLossHistory(history);
        assertEquals(history, run.lossHistory());
        assertTrue(Files.readString(run.path().resolve("loss_history.json")).contains("\"val_loss\""));
        assertEquals(List.of(0.3), history.first(1).train());
    }

    @Test
    void updatesOfManyThreadsAreAllKept() throws Exception {
        run.update(status -> status.ofProcess(ProcessMark.current()));
        List<Thread> threads = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            threads.add(new Thread(() -> increment(20)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(80, run.status().step());
    }

    private void increment(int times) {
        try {
            for (int k = 0; k < times; k++) {
                run.update(status -> status.at(new Progressed(status.step() + 1, 80, 0, 0)));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void reusedProcessNumbersAreRecognised() throws IOException {
        ProcessMark self = ProcessMark.current();
        assertTrue(self.isAlive());
        ProcessMark earlier = new ProcessMark(self.pid(), self.start().minus(Duration.ofMinutes(1)));
        assertFalse(earlier.isAlive());
        run.update(status -> status.ofProcess(earlier).running("cpu"));
        Status status = run.status();
        assertEquals(RunState.FAILED, status.state());
        assertEquals(
                "the process ended without a word at step 0; resume with: " + Invocation.fromAnywhere(System.getenv())
                        + " jobs resume " + run.id() + " --save-dir " + runs,
                status.error());
    }

    @Test
    void statusChangesOnlyWhatItSays() {
        Status status =
                Status.fresh().ofProcess(ProcessMark.current()).running("cpu").at(new Progressed(5, 9, 2, 1.5));
        assertEquals(status, StatusJson.parse(StatusJson.of(status).text()).status());
        Status failed = status.ended(RunState.FAILED, "why");
        assertEquals("why", failed.error());
        assertEquals(values(status), values(failed));
        assertEquals(status.started(), failed.started());
        Status queued = failed.queued();
        assertEquals(
                List.of(RunState.QUEUED, 0L, 5L, 5L),
                List.of(queued.state(), queued.pid(), queued.step(), queued.firstStep()));
        assertNull(queued.error());
        assertNull(queued.finished());
        assertEquals(3, queued.at(new Progressed(3, 9, 0, 0)).firstStep(), "from an earlier checkpoint");
    }

    @Test
    void timeLeftFollowsThePace() throws IOException {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Status status = new Status(
                RunState.RUNNING,
                1,
                null,
                null,
                null,
                null,
                100,
                150,
                300,
                0,
                null,
                null,
                start,
                start,
                start.plusSeconds(10),
                null,
                "cpu",
                9,
                null,
                null);
        assertEquals(Duration.ofSeconds(30), status.timeLeft().orElseThrow());
        assertEquals("x: running, step 150 of 300, 9.00 images/s, 30 s left", RunText.line("x", status));
        assertTrue(run.status().timeLeft().isEmpty());
        assertNull(run.status().error());
        assertEquals("2 h 5 min", RunText.duration(Duration.ofMinutes(125)));
    }

    /** Lost, damaged or of other runs: the index says when runs were created, and never which there are. */
    @Test
    void theIndexOfRunsIsNotNeeded() throws IOException {
        Path index = runs.resolve(".index");
        String older = run.id();
        Path moved = runs.resolve("a run of mine");
        Files.move(RunDirectory.create(RunConfig.defaults(), runs).path(), moved);
        for (String content :
                List.of("", "\n\nnot a line of it\n2026-13-01 " + older + "\n2026-01-01T00:00:00Z gone\n2026")) {
            Files.writeString(index, content);
            assertEquals("a run of mine", Runs.find("latest", runs).id(), content);
            assertEquals(
                    List.of("a run of mine", older),
                    Runs.list(runs, 9).stream().map(RunDirectory::id).toList());
        }
        assertEquals(1, Runs.list(runs, 1).size());
        Files.delete(index);
        assertEquals("a run of mine", Runs.find("latest", runs).id());
        assertEquals(2, Files.readAllLines(index).size());
        Files.writeString(moved.resolve("status.json"), "damaged");
        assertEquals("a run of mine", Runs.find("latest", runs).id(), "its status is not read");
    }

    /** As when Slurm has lost sight of a node that goes on, and has given the job to another. */
    @Test
    void aProcessThatHasLostItsRunWritesNothing() throws IOException {
        run.take(status -> status);
        run.progressNow(new Progressed(1, 9, 0, 0));
        ProcessMark other = new ProcessMark(1, Instant.parse("2026-01-01T00:00:00Z"));
        RunDirectory.open(run.path()).update(status -> status.ofProcess(other));
        for (Executable writing : List.<Executable>of(
                () -> run.progressNow(new Progressed(2, 9, 0, 0)),
                () -> run.note("x"),
                () -> run.lastWord(status -> status.ended(RunState.FAILED, "x")))) {
            IOException e = assertThrows(IOException.class, writing);
            assertTrue(e.getMessage().startsWith("process 1 on "), e.getMessage());
        }
        assertEquals(1, run.written().step());
        assertEquals(RunState.QUEUED, run.written().state());
    }
}
