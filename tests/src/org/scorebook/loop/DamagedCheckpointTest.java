package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.recipe.Recipe;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.train.Checkpoint;

/** The newest of two checkpoints is damaged in many ways; in more with {@code -Dscorebook.mutants=900}. */
class DamagedCheckpointTest {
    private static final int MUTANTS = Integer.getInteger("scorebook.mutants", 150);
    /** Milliseconds, and what a busy machine takes. */
    private static final double SECONDS = 30;

    private static final String NEWEST = "step-00000004";
    private static final String OLDER = "step-00000002";

    @TempDir
    private static Path runs;

    private static RunDirectory whole;

    @TempDir
    private Path folder;

    private RunDirectory run;
    private NDManager manager;
    private RunTrainer trainer;

    @BeforeAll
    static void train() throws IOException {
        RunConfig config = SmallRuns.energy()
                .with(Map.of("epochs", 1, "max_batches_per_epoch", 4, "checkpoint_interval", 2, "buffer_size", 8));
        whole = SmallRuns.run(config, runs);
        assertEquals(2, whole.checkpoints().size());
    }

    @BeforeEach
    void open() throws IOException {
        run = RunDirectory.create(whole.config(), folder);
        manager = Torch.manager(1);
        trainer = new RunTrainer(whole.config(), Recipe.data(whole.config()).train(), manager);
    }

    @AfterEach
    void close() {
        trainer.close();
        manager.close();
    }

    private static Path saved(RunDirectory run, String name) {
        return Checkpoint.parentIn(run.path()).resolve(name);
    }

    private String mutate(Random random) throws IOException {
        Path parent = Checkpoint.parentIn(run.path());
        AtomicFiles.delete(parent);
        for (String name : List.of(NEWEST, OLDER)) {
            Files.createDirectories(parent.resolve(name));
            for (Path file : files(saved(whole, name))) {
                Files.copy(file, parent.resolve(name).resolve(file.getFileName()));
            }
        }
        return new Mutant(parent.resolve(NEWEST), saved(whole, OLDER), random).damage();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** From the older checkpoint, with a word, or from the newest as it was before; and soon. */
    @Test
    void theRunGoesOnFromWhatIsWhole() throws IOException {
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            String what = "mutant " + i + ": " + mutate(new Random(i));
            long start = System.nanoTime();
            Restart.fromNewest(trainer, Checkpoint.parentIn(run.path()), run, (step, loss) -> {});
            assertTrue((System.nanoTime() - start) / 1e9 < SECONDS, what + " takes long");
            boolean newest = trainer.state().step() == 4;
            assertRestored(newest ? NEWEST : OLDER, what);
            if (!newest) {
                refused++;
                assertTold(what);
                assertRefusedAlone(saved(run, "damaged-" + NEWEST), what);
            }
        }
        assertTrue(refused > 0.8 * MUTANTS, refused + " of " + MUTANTS); // others change nothing that counts
    }

    /** What is saved again is what was saved. */
    private void assertRestored(String name, String what) throws IOException {
        Path again = folder.resolve("again");
        AtomicFiles.delete(again);
        trainer.save(again);
        for (Path file : files(saved(whole, name))) {
            byte[] bytes = Files.readAllBytes(again.resolve(name).resolve(file.getFileName()));
            assertArrayEquals(Files.readAllBytes(file), bytes, what + ": " + file);
        }
    }

    private void assertTold(String what) throws IOException {
        List<String> log = run.logTail(3);
        assertTrue(log.get(0).contains("a checkpoint cannot be read: " + saved(run, NEWEST)), () -> what + log);
        assertTrue(log.get(1).endsWith("goes on from step 2"), () -> what + log);
        assertTrue(log.get(2).endsWith("the damaged checkpoint is kept as " + saved(run, "damaged-" + NEWEST)), what);
    }

    private void assertRefusedAlone(Path damaged, String what) throws IOException {
        String message = assertThrows(DamagedFile.class, () -> trainer.restore(new Checkpoint(damaged, 4)), what)
                .getMessage();
        assertTrue(message.startsWith(damaged + "/"), message);
        try (TrainedModel model = TrainedModel.load(damaged, manager)) {
            assertEquals(4, model.step(), what); // what was damaged is not needed to draw
        } catch (DamagedFile e) {
            assertTrue(e.getMessage().startsWith(damaged + "/"), e.getMessage());
        }
    }

    /** Checkpoints from before there were checksums: a changed number that could be one is believed, any other is not. */
    @Test
    void withoutChecksumsNothingElseIsThrown() throws IOException {
        for (int i = 0; i < MUTANTS; i++) {
            String what = "mutant " + i + ": " + mutate(new Random(-1 - i));
            Files.deleteIfExists(saved(run, NEWEST).resolve("SHA256SUMS"));
            long start = System.nanoTime();
            Restart.fromNewest(trainer, Checkpoint.parentIn(run.path()), run, (step, loss) -> {});
            assertTrue((System.nanoTime() - start) / 1e9 < SECONDS, what + " takes long");
            for (Map.Entry<String, NDArray> array : trainer.network().state().entrySet()) {
                assertTrue(Torch.isFinite(array.getValue()), what + ": " + array.getKey());
            }
        }
    }

    /** The array is named, too. */
    @Test
    void theMessageHasFileAndArray(@Seeded(1) NDManager arrays) throws IOException {
        mutate(new Random(0));
        Map<String, NDArray> values = new Checkpoint(saved(whole, NEWEST), 4).arrays(Checkpoint.MODEL, arrays);
        String name = values.keySet().iterator().next();
        values.put(name, arrays.ones(new Shape(1)));
        Path other = folder.resolve("other");
        Checkpoint odd = Checkpoint.write(
                other,
                4,
                Map.of(Checkpoint.MODEL, values),
                Map.of(
                        Checkpoint.STATE,
                        Files.readString(saved(whole, NEWEST).resolve("state.json")),
                        Checkpoint.CONFIG,
                        "{}"));
        String message =
                assertThrows(DamagedFile.class, () -> trainer.restore(odd)).getMessage();
        assertTrue(
                message.matches("\\Q" + odd.folder().resolve("model.safetensors") + " is damaged: values must have for "
                        + name + " an array of shape \\E.*"),
                message);
        values.put(name, arrays.create(Float.NaN));
        message = assertThrows(
                        ArithmeticException.class,
                        () -> Checkpoint.write(other, 5, Map.of(Checkpoint.MODEL, values), Map.of()))
                .getMessage();
        assertTrue(message.startsWith("after step 5 the array " + name + " of the model is not finite: "), message);
        assertTrue(Files.notExists(other.resolve("step-00000005")));
    }
}
