package org.scorebook.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.config.RunConfig;
import org.scorebook.model.Network;

/** The networks in {@code lib/resources}. */
class ShippedModelTest {
    private static final Path RESOURCES = Path.of("lib/resources/org/scorebook/recipe/models");

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
    void whatIsSaidIsTrue(@Seeded(1) NDManager manager) throws IOException {
        for (ShippedModel said : ShippedModel.all()) {
            try (TrainedModel model = TrainedModel.pretrained(said.name(), manager)) {
                Network network = model.isEnergy() ? model.energy() : model.network();
                assertEquals(network.size(), said.parameters());
                assertEquals(model.step(), said.steps());
                assertEquals(model.recipe().image(), said.image());
                assertEquals(model.isEnergy() ? "energy" : "diffusion", said.kind());
                assertEquals(model.config(), said.config());
                Path weights = RESOURCES.resolve(said.name()).resolve("ema.safetensors");
                assertEquals(Files.size(weights), said.bytes());
            }
        }
    }

    /** Who trains by the preset of its name gets the network that ships. */
    @Test
    void eachFollowsFromAPreset() throws IOException {
        for (ShippedModel shipped : ShippedModel.all()) {
            assertEquals(RunConfig.preset(shipped.name()), shipped.config());
        }
    }

    @Test
    void anUnknownOneIsSaid(@Seeded(1) NDManager manager) {
        String near = "there is no shipped network fashion-mnst; did you mean fashion-mnist?";
        assertEquals(near, message(() -> ShippedModel.of("fashion-mnst")));
        assertEquals(near, message(() -> TrainedModel.pretrained("fashion-mnst", manager)));
        assertEquals(
                "there is no shipped network x; there are: fashion-mnist, ebm-fashion-mnist",
                message(() -> ShippedModel.of("x")));
    }
}
