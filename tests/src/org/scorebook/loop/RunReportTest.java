package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.feed.ImageBatches;
import org.scorebook.folder.RunDirectory;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.LearningRate;

class RunReportTest {
    @TempDir
    Path folder;

    /** A training goes on by what it holds, and leaves a run that can be resumed. */
    @Test
    void settingsThatSomebodyDeletesAreWrittenAgain() throws IOException {
        RunConfig config = SmallRuns.field().with(Map.of("epochs", 1, "max_batches_per_epoch", 3));
        RunDirectory run = RunDirectory.create(config, folder);
        Path file = run.path().resolve("config.json");
        String before = Files.readString(file);
        new TrainingLoop(config, run, (step, loss) -> {
                    if (step == 2) {
                        delete(file);
                    }
                })
                .run();
        assertEquals(before, Files.readString(file));
        String note = "config.json was gone and is written again: somebody has deleted it from " + run.path();
        assertEquals(note, run.status().note());
        assertEquals(
                1,
                run.logTail(99).stream()
                        .filter(line -> line.endsWith("Z " + note))
                        .count());
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Losses of epochs, grids, lines of metrics: what is saved is the same, byte for byte, as where nobody looked. */
    @Test
    void lookingAtATrainingDoesNotChangeIt() throws IOException {
        RunConfig config = RunConfig.preset("ebm-quick")
                .with(Map.ofEntries(
                        Map.entry("data", "emoji"),
                        Map.entry("base_channels", 4),
                        Map.entry("spectral_norm", true),
                        Map.entry("chain_steps", 2),
                        Map.entry("buffer_size", 32),
                        Map.entry("epochs", 3),
                        Map.entry("max_batches_per_epoch", 4),
                        Map.entry("batch_size", 8),
                        Map.entry("sample_interval", 5),
                        Map.entry("sample_count", 2),
                        Map.entry("sample_steps", 2),
                        Map.entry("log_interval", 5),
                        Map.entry("evaluation_batches", 1),
                        Map.entry("device", "cpu")));
        RunDirectory run = RunDirectory.create(config, folder.resolve("runs"));
        new TrainingLoop(config, run, (step, loss) -> {}).run();
        assertEquals(3, run.samples().size());
        assertEquals(3, run.lossHistory().epochs().size());
        Path silent = silently(config, folder.resolve("silent"));
        List<String> files = files(silent);
        assertEquals(7, files.size());
        assertEquals(files, files(run.latestCheckpoint().orElseThrow()));
        for (String file : files) {
            assertArrayEquals(
                    Files.readAllBytes(silent.resolve(file)),
                    Files.readAllBytes(run.latestCheckpoint().orElseThrow().resolve(file)),
                    file);
        }
    }

    private static List<String> files(Path checkpoint) throws IOException {
        try (Stream<Path> files = Files.list(checkpoint)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The same training without a report; returns its last checkpoint. */
    private static Path silently(RunConfig config, Path parent) throws IOException {
        Splits splits = Recipe.data(config);
        try (NDManager manager = Torch.manager((int) config.seed(), Device.cpu());
                RunTrainer trainer = new RunTrainer(config, splits.train(), manager);
                ImageBatches batches =
                        new ImageBatches(splits.train(), config.batchSize(), config.seed(), config.flip())) {
            EpochSteps steps = EpochSteps.of(config, batches.batchesPerEpoch());
            LearningRate rate = trainer.recipe().learningRate();
            for (long step = 0; step < steps.total(); step++) {
                trainer.beginIntervals(steps);
                steps.align(batches, step);
                trainer.step(batches::next, rate.at(step, steps.total()));
                trainer.trouble();
            }
            trainer.save(parent);
        }
        return Checkpoint.list(parent).get(0).folder();
    }
}
