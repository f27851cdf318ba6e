package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageSet;
import org.scorebook.feed.ImageBatches;
import org.scorebook.folder.LossHistory;
import org.scorebook.folder.RunDirectory;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.Checkpoint;

/** A very small energy. */
class SetbackTest {
    private static final EpochSteps STEPS = new EpochSteps(25, 1, 1, List.of(1), 1000);

    @TempDir
    private Path runs;

    @Seeded(1)
    private NDManager manager;

    private RunDirectory directory;
    private RunTrainer trainer;
    private ImageBatches batches;
    private Setback setback;

    @BeforeEach
    void open() throws IOException {
        RunConfig config = RunConfig.preset("ebm-quick")
                .with(Map.of("data", "emoji", "base_channels", 4, "device", "cpu", "keep_checkpoints", 9))
                .with(Map.of("batch_size", 4, "buffer_size", 8, "chain_steps", 1));
        directory = RunDirectory.create(config, runs);
        ImageSet images = Recipe.data(config).train();
        trainer = new RunTrainer(config, images, manager);
        batches = new ImageBatches(images, 4, 1, false);
        setback = new Setback(checkpoints(), directory);
    }

    @AfterEach
    void close() {
        batches.close();
        trainer.close();
    }

    private Path checkpoints() {
        return Checkpoint.parentIn(directory.path());
    }

    private void go(long step, boolean saved) throws IOException {
        while (trainer.state().step() < step) {
            trainer.step(batches::next, 1e-6);
            directory.appendMetrics(Map.of("step", trainer.state().step()));
        }
        if (saved) {
            trainer.save(checkpoints());
        }
    }

    private List<Long> saved() throws IOException {
        return Checkpoint.list(checkpoints()).stream().map(Checkpoint::step).toList();
    }

    /** A checkpoint of the 20 steps before it is seen may be bad already. */
    @Test
    void itGoesBackToACheckpointFromBeforeTheRunaway() throws IOException {
        for (int step : new int[] {10, 30, 31, 45}) {
            go(step, true);
        }
        go(50, false);
        directory.writeLossHistory(LossHistory.EMPTY.plus(1, 1, 1).plus(2, 2, 2));
        setback.goBack(trainer, STEPS, "It ran away.");
        assertEquals(List.of(30L, 10L), saved());
        assertEquals(30, trainer.state().step());
        assertEquals(0.5, trainer.state().rateFactor());
        assertEquals(30, directory.metrics().size());
        assertEquals(1, directory.lossHistory().epochs().size());
        String note = "It ran away. Went back from step 50 to step 30; the learning rate is 0.5 of the planned one from"
                + " there on.";
        assertEquals(note, directory.status().note());
        assertTrue(directory.logTail(1).get(0).endsWith(note));
    }

    /** The oldest is taken where all are suspect; each time with half the rate; the sixth time is the end. */
    @Test
    void itGivesUpAfterTheFifthTime() throws IOException {
        setback.prepare(trainer);
        setback.prepare(trainer);
        assertEquals(List.of(0L), saved());
        for (int time = 1; time <= 5; time++) {
            go(7, true);
            setback.goBack(trainer, STEPS, "It ran away.");
            assertEquals(List.of(0L), saved());
            assertEquals(Math.pow(0.5, time), trainer.state().rateFactor());
        }
        String message = assertThrows(ArithmeticException.class, () -> setback.goBack(trainer, STEPS, "It ran away."))
                .getMessage();
        assertTrue(message.startsWith("It ran away. It was the 6th time, with ever lower learning rates: "), message);
        assertEquals(List.of(0L), saved());
    }
}
