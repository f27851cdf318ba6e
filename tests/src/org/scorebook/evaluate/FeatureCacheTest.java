package org.scorebook.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.aten.Torch;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.KilledFiles;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.recipe.Recipe;

/** A classifier of a few emoji. */
class FeatureCacheTest {
    @TempDir
    private Path folder;

    private NDManager manager;
    private Splits splits;

    @BeforeEach
    void open() throws IOException {
        manager = Torch.manager(2);
        Splits all = Recipe.data(RunConfig.preset("emoji-cpu"));
        splits = new Splits(
                all.train().first(32), all.validation().first(8), all.test().first(8));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** The steps that training the classifier took. */
    private int steps(Path place) throws IOException {
        int[] steps = {0};
        new FeatureCache(place).features(splits, "few", 1, manager, (what, done, of) -> steps[0]++);
        return steps[0];
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> !file.toString().endsWith(".lock")).toList();
        }
    }

    @Test
    void aClassifierIsTrainedOnceAndAnewWhereItIsDamaged() throws IOException {
        assertTrue(steps(folder) > 0);
        assertEquals(0, steps(folder));
        Path file = files().get(0);
        assertEquals(1, files().size());
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertTrue(steps(folder) > 0);
        assertEquals(0, steps(folder));
    }

    /** Whenever the process is killed, the file is absent or whole, and what is left besides can be swept. */
    @Test
    void aKillLeavesNoHalfOfIt() throws IOException {
        boolean killed = true;
        for (int changes = 0; killed; changes++) {
            for (Path file : files()) {
                Files.delete(file);
            }
            try {
                steps(new KilledFiles(changes).at(folder));
                killed = false;
            } catch (KilledFiles.Killed e) {
                killed = true;
            }
            AtomicFiles.sweep(folder);
            assertEquals(files().isEmpty(), steps(folder) > 0, "after " + changes + " changes: " + files());
            assertEquals(1, files().size());
        }
    }
}
