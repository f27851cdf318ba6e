package org.scorebook.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.scorebook.generation.Orders.result;
import static org.scorebook.generation.Orders.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.folder.ModelSource;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingState;

/** Models in memory. */
class ModelShelfTest {
    private static final Path SHIPPED = Path.of("lib/resources/org/scorebook/recipe/models/ebm-fashion-mnist");

    @TempDir
    private Path folder;

    @Test
    void aRunThatTrainsOnIsLoadedAnew() throws Exception {
        ModelSource run = run("run", 5);
        Order order = new Order(run, new SamplingPlan("langevin", 1, 0, 1), new int[1]);
        try (Generator generator = new Generator(new ModelShelf("cpu"), 1)) {
            assertEquals(5, result(submit(generator, order)).modelStep());
            run("run", 6);
            assertEquals(6, result(submit(generator, order)).modelStep());
        }
    }

    /** Also where older ones are in use. */
    @Test
    void theLastThreeAreKept() throws IOException {
        ModelShelf shelf = new ModelShelf("cpu");
        try {
            List<ModelSource> sources = List.of(run("a", 1), run("b", 1), run("c", 1), Orders.ENERGY, Orders.DIFFUSION);
            List<LoadedModel> models = new ArrayList<>();
            for (ModelSource source : sources) {
                models.add(shelf.get(source));
            }
            assertSame(models.get(1), shelf.get(sources.get(1)));
            shelf.trim(Set.of(models.get(0)));
            for (int i : new int[] {0, 1, 4}) {
                assertSame(models.get(i), shelf.get(sources.get(i)), "model " + i);
            }
            for (int i : new int[] {2, 3}) {
                assertNotSame(models.get(i), shelf.get(sources.get(i)), "model " + i);
            }
        } finally {
            shelf.close();
        }
    }

    /** A folder with the shipped energy as the checkpoint of a step. */
    private ModelSource run(String name, long step) throws IOException {
        Path run = folder.resolve(name);
        Path checkpoint = Checkpoint.parentIn(run).resolve("step-%08d".formatted(step));
        Path unfinished = Files.createDirectories(run.resolve("checkpoints/unfinished"));
        for (String file : List.of("config.json", "ema.safetensors")) {
            Files.copy(SHIPPED.resolve(file), unfinished.resolve(file));
        }
        String state = Files.readString(SHIPPED.resolve("state.json"));
        long trained = TrainingState.fromJson(state).step();
        Files.writeString(
                unfinished.resolve("state.json"),
                state.replaceFirst("\"step\":(\\s*)" + trained + "\\b", "\"step\":$1" + step));
        Files.move(unfinished, checkpoint);
        return new ModelSource.Folder(run);
    }
}
