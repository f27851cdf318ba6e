package org.scorebook.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.config.RunConfig;

/** What is found by a name. */
class ModelSourceTest {
    @TempDir
    private Path runs;

    @Test
    void anUnknownShippedNetworkIsSaid() {
        assertEquals(
                "there is no shipped network fashion-mnst; did you mean fashion-mnist?",
                message(() -> ModelSource.find("shipped:fashion-mnst", runs)));
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
                start + "q" + end + "there are: tiny, fashion-mnist, emoji, ebm-fashion-mnist",
                message(() -> ModelSource.find("q", runs)));
    }
}
