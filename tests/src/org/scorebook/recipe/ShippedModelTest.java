package org.scorebook.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.config.Precision;
import org.scorebook.config.RunConfig;
import org.scorebook.model.Network;
import org.scorebook.score.Denoiser;
import org.scorebook.score.Noise;

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

    /** Who trains by the preset of its name, in float32, gets the network that ships. */
    @Test
    void eachFollowsFromAPreset() throws IOException {
        Map<String, Precision> asTrained = Map.of("precision", Precision.FLOAT32);
        for (ShippedModel shipped : ShippedModel.all()) {
            assertEquals(RunConfig.preset(shipped.name()).with(asTrained), shipped.config());
        }
    }

    /** At equal parts of picture and noise it is nearer to pictures that it never saw than any mean of single pixels could be. */
    @Test
    void emojiAreSeenThroughNoise(@Seeded(1) NDManager manager) throws IOException {
        try (TrainedModel model = TrainedModel.pretrained("emoji", manager)) {
            int[] some = IntStream.range(0, 16).toArray();
            NDArray clean = Recipe.data(model.config()).test().images(manager, some);
            Denoiser denoiser = model.denoiser();
            double alpha = denoiser.schedule().alpha(500);
            double sigma = denoiser.schedule().sigma(500);
            NDArray noisy = clean.mul(alpha).add(Noise.seeded(1).like(clean).mul(sigma));
            double error =
                    denoiser.denoise(noisy, 500).sub(clean).square().mean().getFloat();
            double spread = clean.sub(clean.mean()).square().mean().getFloat();
            double bySinglePixels = spread / (1 + spread * alpha * alpha / (sigma * sigma));
            assertTrue(error < bySinglePixels / 3, error + " is not well below " + bySinglePixels);
        }
    }

    @Test
    void anUnknownOneIsSaid(@Seeded(1) NDManager manager) {
        String near = "there is no shipped network fashion-mnst; did you mean fashion-mnist?";
        assertEquals(near, message(() -> ShippedModel.of("fashion-mnst")));
        assertEquals(near, message(() -> TrainedModel.pretrained("fashion-mnst", manager)));
        assertEquals(
                "there is no shipped network x; there are: fashion-mnist, emoji, ebm-fashion-mnist",
                message(() -> ShippedModel.of("x")));
    }
}
