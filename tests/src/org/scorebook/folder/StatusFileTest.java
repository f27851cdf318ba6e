package org.scorebook.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.base.KilledFiles;
import org.scorebook.machine.ProcessMark;

class StatusFileTest {
    private static final ProcessMark DEAD =
            new ProcessMark(ProcessHandle.current().pid(), Instant.now().minus(Duration.ofDays(400)));

    @TempDir
    private Path folder;

    private StatusFile file;

    @BeforeEach
    void create() throws IOException {
        file = new StatusFile(folder);
        file.create();
    }

    private Path path() {
        return folder.resolve("status.json");
    }

    private JsonObject tree() throws IOException {
        return JsonParser.parseString(Files.readString(path())).getAsJsonObject();
    }

    /** What only a newer version understands stays, whatever this one writes. */
    @Test
    void entriesOfANewerVersionAreKept() throws IOException {
        JsonObject newer = tree();
        newer.addProperty("temperature", 71.5);
        newer.add("shards", JsonParser.parseString("[1, {\"of\": 2}]"));
        Files.writeString(path(), newer.toString());
        assertEquals(RunState.QUEUED, file.read().state());
        file.update(status -> status.noted("warm").at(new Progressed(3, 9, 1, 2)));
        JsonObject written = tree();
        assertEquals(71.5, written.get("temperature").getAsDouble());
        assertEquals(newer.get("shards"), written.get("shards"));
        assertEquals("warm", written.get("note").getAsString());
        assertEquals(newer.size(), written.size());
    }

    @Test
    void whatMayBeNullMayBeMissing() throws IOException {
        JsonObject older = tree();
        for (String name : List.of(
                "note",
                "error",
                "starter",
                "processStart",
                "started",
                "finished",
                "device",
                "host",
                "slurmJob",
                "stepMode",
                "stepObstacle")) {
            older.remove(name);
        }
        Files.writeString(path(), older.toString());
        assertNull(file.read().note());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage | it is not a JSON object",
                "'' | it is not a JSON object",
                "null | it is not a JSON object",
                "[1, 2] | it is not a JSON object",
                "{} 2 | malformed JSON at line 1 column",
                "{} | \"pid\" is missing",
                "{\"state\": \"run | Unterminated string at line 1",
                "- step | \"step\" is missing",
                "- state | state must be one of [queued, running, succeeded, failed, cancelled]",
                "- created | created and updated must be times, but are null and 2",
                "step: \"many\" | \"step\" cannot be read: For input string: \"many\"",
                "step: null | \"step\" is missing",
                "state: \"asleep\" | state must be one of [queued, running, succeeded, failed, cancelled]",
                "created: 5 | \"created\" cannot be read: Text '5' could not be parsed at index 0",
                "step: -20 | step must be 0 or more, but is -20",
                "pid: -1 | pid must be 0 or more, but is -1",
                "firstStep: -3 | firstStep must be 0 or more, but is -3",
                "totalSteps: -5 | totalSteps must be 0 or more, but is -5",
                "epoch: -1 | epoch must be 0 or more, but is -1",
                "imagesPerSecond: -2 | imagesPerSecond must be 0 or more and finite, but is -2",
                "totalSteps: 2 | step must be at most totalSteps, but they are 3 and 2",
                "starter: 7 | \"starter\" cannot be read: ",
            })
    void aDamagedFileIsToldAndLeft(String how, String reason) throws IOException {
        file.update(status -> status.at(new Progressed(3, 9, 0, 0)));
        JsonObject tree = tree();
        if (how.startsWith("- ")) {
            tree.remove(how.substring(2));
        } else if (how.matches("\\w+: .*")) {
            tree.add(how.split(": ")[0], JsonParser.parseString(how.split(": ")[1]));
        }
        String content = how.matches("(- |\\w+: ).*") ? tree.toString() : how;
        Files.writeString(path(), content);
        List<IOException> told = List.of(
                assertThrows(IOException.class, file::read),
                assertThrows(IOException.class, () -> file.update(status -> status.noted("x"))));
        for (IOException e : told) {
            assertTrue(e.getMessage().startsWith(path() + " is damaged: " + reason), e.getMessage());
            assertTrue(e.getMessage().contains("; mend or delete it; the run's checkpoints are not touched"));
            assertEquals(1, e.getMessage().lines().count());
        }
        assertEquals(content, Files.readString(path()));
    }

    @Test
    void aFileThatIsGoneIsToldAsSuch() throws IOException {
        Files.delete(path());
        String name = folder.getFileName().toString();
        for (IOException e : List.of(
                assertThrows(IOException.class, file::read),
                assertThrows(IOException.class, () -> file.update(status -> status)))) {
            assertEquals(
                    "run " + name + " has no status.json any more: somebody has deleted it from " + folder,
                    e.getMessage());
        }
        StatusFile nowhere = new StatusFile(folder.resolve("moved"));
        assertEquals(
                "the folder of run moved is gone: somebody has moved or deleted " + folder.resolve("moved"),
                assertThrows(IOException.class, () -> nowhere.update(status -> status))
                        .getMessage());
    }

    /** The last that is known of it is when it wrote, not when somebody looks. */
    @Test
    void aRunThatDiedLongAgoEndedLongAgo() throws IOException {
        file.update(status -> status.ofProcess(DEAD).running("cpu"));
        JsonObject old = tree();
        old.addProperty("updated", "2020-02-02T02:02:02Z");
        Files.writeString(path(), old.toString());
        Status found = file.read();
        assertEquals(RunState.FAILED, found.state());
        assertEquals(Instant.parse("2020-02-02T02:02:02Z"), found.updated());
        assertEquals(found.updated(), found.finished());
    }

    /** It was killed before it started the process that trains, or before it became that process. */
    @Test
    void aRunWhoseStarterIsDeadHasFailedAtOnce() throws IOException {
        assertEquals(RunState.QUEUED, file.read().state(), "this process may yet start it");
        JsonObject tree = tree();
        tree.get("starter").getAsJsonObject().addProperty("start", DEAD.start().toString());
        Files.writeString(path(), tree.toString());
        assertEquals(RunState.FAILED, file.read().state());
        file.reopen(status -> assertEquals(RunState.FAILED, status.state()), Status::queued);
        assertEquals(RunState.QUEUED, file.read().state());
        file.update(status -> status.ofProcess(ProcessMark.current()));
        assertNull(file.read().starter());
    }

    @Test
    void ofManyWhoReopenARunOneDoes() throws Exception {
        file.update(status -> status.ended(RunState.CANCELLED, null));
        Files.writeString(file.cancelMarker(), "");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            all.add(() -> {
                try {
                    new StatusFile(folder).reopen(StatusFileTest::requireEnded, Status::queued);
                    return true;
                } catch (IllegalStateException e) {
                    return false;
                }
            });
        }
        int reopened = 0;
        for (Future<Boolean> each : threads.invokeAll(all)) {
            reopened += each.get() ? 1 : 0;
        }
        threads.shutdown();
        assertEquals(1, reopened);
        assertFalse(Files.exists(file.cancelMarker()));
    }

    private static void requireEnded(Status status) {
        if (status.state().isOpen()) {
            throw new IllegalStateException("open");
        }
    }

    /** A disk that takes no new file: the old content makes room. */
    @Test
    void theLastWordNeedsNoRoom() throws IOException {
        file.update(status -> status.noted("x".repeat(300)));
        StatusFile full = new StatusFile(KilledFiles.full().at(folder));
        assertThrows(IOException.class, () -> full.update(status -> status.noted("y")));
        full.lastWord(status -> status.noted(null).ended(RunState.FAILED, "No space left on device"));
        Status status = file.read();
        assertEquals(RunState.FAILED, status.state());
        assertEquals("No space left on device", status.error());
        file.update(again -> again.noted("z"));
        assertEquals("z", file.read().note());
    }

    /** Of two machines that share a folder, only that of the process can tell. */
    @Test
    void aProcessOfAnotherMachineIsNotTakenForOneOfThis() throws IOException {
        file.update(status -> status.ofProcess(ProcessMark.current()));
        assertEquals(RunState.QUEUED, file.read().state());
        JsonObject elsewhere = tree();
        elsewhere.addProperty("host", "node7");
        elsewhere.addProperty("state", "running");
        Files.writeString(path(), elsewhere.toString());
        Status seen = file.read();
        assertEquals(RunState.FAILED, seen.state());
        assertTrue(seen.error().contains("at step 0, or is on node7, where this is to be asked; resume"), seen.error());
    }

    /** No cluster is here: what was written stays, and nobody is taken for dead. */
    @Test
    void whereSlurmCannotBeAskedARunOfItsIsAsItWasWritten() throws IOException {
        file.update(status -> status.ofProcess(DEAD).inJob("12").running("cpu").at(new Progressed(3, 9, 0, 1)));
        Status seen = file.read();
        assertEquals(RunState.RUNNING, seen.state());
        assertEquals(3, seen.step());
        assertTrue(seen.note().startsWith("Slurm cannot be asked whether this is still so: "), seen.note());
        assertNull(file.written().status().note());
        assertEquals(seen, file.read(), "no news");
    }

    @Test
    void aRunThatALeavingProcessHandsOnIsQueued() throws IOException {
        Status left = file.update(status -> status.ofProcess(DEAD)
                .inJob("12")
                .running("cpu")
                .at(new Progressed(3, 9, 0, 1))
                .left("stopped by SIGUSR1 at step 3"));
        assertEquals(RunState.QUEUED, left.state());
        assertEquals("12", left.slurmJob());
        assertNull(left.finished());
        assertNull(left.queued().slurmJob(), "whoever queues it anew says where");
    }
}
