package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.base.DamagedFile;

class CheckpointTest {
    private static final TrainingState STATE =
            TrainingState.start(new Shape(3, 8, 8), List.of("cat", "dog")).withSetbacks(1);

    @TempDir
    Path run;

    private Checkpoint write(int steps) throws IOException {
        TrainingState state = STATE;
        for (int i = 0; i < steps; i++) {
            state = state.plusStep(0.5);
        }
        return Checkpoint.write(Checkpoint.parentIn(run), steps, Map.of(), Map.of(Checkpoint.STATE, state.toJson()));
    }

    /** A copy may have any name: its step is what it says of itself. */
    @Test
    void aCheckpointOpenedByItsFolderHasItsStep() throws IOException {
        Path copy = Files.move(write(7).folder(), run.resolve("best"));
        Checkpoint opened = Checkpoint.open(copy);
        assertEquals(new Checkpoint(copy, 7), opened);
        assertEquals(7, opened.state().step());
        assertEquals(List.of("cat", "dog"), opened.state().classNames());
    }

    @Test
    void ofARunTheNewestIsOpened() throws IOException {
        assertTrue(assertThrows(IOException.class, () -> Checkpoint.open(run))
                .getMessage()
                .startsWith(run + " has no checkpoint: name the folder of a run"));
        write(3);
        Checkpoint newest = write(12);
        assertEquals(newest, Checkpoint.open(run));
    }

    /** A pipe would be waited for without end, and no older checkpoint be looked at. */
    @Test
    void aPipeInItIsDamage() throws IOException, InterruptedException {
        for (String name : List.of("state.json", "SHA256SUMS", "config.json")) {
            Checkpoint checkpoint = write(3);
            Path pipe = checkpoint.folder().resolve(name);
            Files.deleteIfExists(pipe);
            assertEquals(
                    0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
            DamagedFile damage = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThrows(
                            DamagedFile.class,
                            () -> checkpoint.read(
                                    name.startsWith("config") ? Checkpoint.CONFIG : Checkpoint.STATE, text -> text)));
            assertTrue(damage.getMessage().startsWith(pipe + " is no regular file; "), damage.getMessage());
        }
    }

    @Test
    void damageIsToldWithTheFile() throws IOException {
        Checkpoint checkpoint = write(3);
        Path file = checkpoint.folder().resolve("state.json");
        Files.delete(
                checkpoint.folder().resolve("SHA256SUMS")); // as in older ones: damage must show in the file itself
        for (String text :
                List.of("{\"step\":", "[1]", "{}", Files.readString(file).replace("[3,8,8]", "\"8\""))) {
            Files.writeString(file, text);
            String message = assertThrows(IOException.class, checkpoint::state).getMessage();
            assertTrue(message.startsWith(file + " is damaged: "), message);
            assertTrue(message.endsWith("; delete the folder to use an older one."), message);
        }
    }

    /** The keys are those of every checkpoint that was ever written. */
    @Test
    void theStateIsReadAsItWasWritten() {
        TrainingState state = STATE.plusStep(2).begin(false, true).plusStep(0.5).withStability(0.25, 3);
        assertEquals(
                "{\"step\":2,\"setbacks\":1,\"epoch_loss_sum\":2.5,\"epoch_loss_count\":2,\"log_loss_sum\":0.5,"
                        + "\"log_loss_count\":1,\"stability\":[0.25,3.0],\"image\":[3,8,8],\"class_names\":[\"cat\",\"dog\"]}",
                state.toJson());
        assertEquals(state, TrainingState.fromJson(state.toJson()));
        assertEquals(1.25, state.epochLoss().value());
    }

    @Test
    void statesFromBeforeSetbacksWereCountedAreReadToo() {
        TrainingState plain = STATE.withSetbacks(0);
        String old = plain.toJson().replace("\"setbacks\":0,", "");
        assertEquals(plain, TrainingState.fromJson(old));
        assertEquals(
                "it has no step",
                assertThrows(JsonParseException.class, () -> TrainingState.fromJson("{}"))
                        .getMessage());
    }
}
