package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.aten.Torch;

/** The networks in {@code lib/resources}, and what is found by a name. */
class ShippedModelTest {
    private static final Path RESOURCES = Path.of("lib/resources/org/scorebook/run/models");

    @TempDir
    private Path runs;

    @Test
    void eachFolderIsListed() throws IOException {
        try (Stream<Path> folders = Files.list(RESOURCES)) {
            assertEquals(
                    folders.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)),
                    new TreeSet<>(ShippedModel.names()));
        }
    }

    /** What is said without loading a network is what it is. */
    @Test
    void whatIsSaidIsTrue() throws IOException {
        for (ShippedModel said : ShippedModel.all()) {
            try (NDManager manager = Torch.manager(1);
                    TrainedModel model = TrainedModel.pretrained(said.name(), manager)) {
                assertEquals(model.any().size(), said.parameters());
                assertEquals(model.step(), said.steps());
                assertEquals(model.recipe().image(), said.image());
                assertEquals(model.isEnergy() ? "energy" : "diffusion", said.kind());
                assertEquals(model.config(), said.config());
                Path weights = RESOURCES.resolve(said.name()).resolve("ema.safetensors");
                assertEquals(Files.size(weights), said.bytes());
            }
        }
    }

    @Test
    void anUnknownOneIsSaid() {
        String near = "there is no shipped network fashion-mnst; did you mean fashion-mnist?";
        assertEquals(near, message(() -> ShippedModel.of("fashion-mnst")));
        assertEquals(near, message(() -> TrainedModel.pretrained("fashion-mnst", Torch.manager(1))));
        assertEquals(near, message(() -> ModelSource.find("shipped:fashion-mnst", runs)));
        assertEquals(
                "there is no shipped network x; there are: fashion-mnist, ebm-fashion-mnist",
                message(() -> ShippedModel.of("x")));
    }

    /** A run of the same name goes before; a run's ID, and a path, are never a shipped network. */
    @Test
    void aRunGoesBeforeAShippedNetwork() throws IOException {
        ModelSource shipped = new ModelSource.Shipped("fashion-mnist");
        assertEquals(shipped, ModelSource.find("fashion-mnist", runs));
        RunDirectory run = RunDirectory.create(RunConfig.defaults().with("run_name", "fashion-mnist"), runs);
        ModelSource own = new ModelSource.Folder(run.path());
        assertEquals(own, ModelSource.find("fashion-mnist", runs));
        assertEquals(own, ModelSource.find("latest", runs));
        assertEquals(own, ModelSource.find(run.id(), runs));
        assertEquals(own, ModelSource.find(run.path().toString(), runs.resolve("none")));
        assertEquals(run.id(), own.run().orElseThrow().id());
        assertEquals(shipped, ModelSource.find("shipped:fashion-mnist", runs));
        assertEquals(shipped, ModelSource.find("fashion-mnist", runs.resolve("none")));
        assertEquals(
                "there is no ./fashion-mnist: name a run, the folder of a run or of a checkpoint, or a shipped network",
                message(() -> ModelSource.find("./fashion-mnist", runs)));
    }

    @Test
    void whatIsNeitherIsSaidWithBoth() throws IOException {
        RunDirectory.create(RunConfig.defaults().with("run_name", "tiny"), runs);
        String start = "there is no run ";
        String end = " in " + runs + ", nor a shipped network of this name; ";
        assertEquals(start + "tinny" + end + "did you mean tiny?", message(() -> ModelSource.find("tinny", runs)));
        assertEquals(
                start + "emb-fashion-mnist" + end + "did you mean ebm-fashion-mnist?",
                message(() -> ModelSource.find("emb-fashion-mnist", runs)));
        assertEquals(
                start + "q" + end + "there are: tiny, fashion-mnist, ebm-fashion-mnist",
                message(() -> ModelSource.find("q", runs)));
    }

    @FunctionalInterface
    private interface Attempt {
        void make() throws IOException;
    }

    private static String message(Attempt attempt) {
        return assertThrows(IllegalArgumentException.class, attempt::make).getMessage();
    }
}
