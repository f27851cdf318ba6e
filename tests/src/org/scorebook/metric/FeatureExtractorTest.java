package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;
import org.scorebook.aten.Autograd;
import org.scorebook.aten.ScriptFile;
import org.scorebook.metric.TorchScriptFeatures.Input;
import org.scorebook.model.Classifier;

class FeatureExtractorTest {
    /** The mean of each channel, and with the flag its pixels' number besides. */
    private static final String MEANS = """
            def forward(self, x: Tensor, flag: bool=False) -> Tensor:
              mean = torch.mean(x, [2, 3], True)
              if flag:
                result = torch.cat([mean, torch.mul(torch.ones_like(mean), torch.size(x, 2))], 1)
              else:
                result = mean
              return result
            """;

    @TempDir
    private Path folder;

    @Seeded(5)
    private NDManager manager;

    @Test
    void aNetworkFromAFile() throws IOException {
        NDArray images = manager.create(new float[] {-1, -0.5f, 0, 0.5f, 1, 1, 1, 7}, new Shape(2, 1, 2, 2));
        assertArrayEquals(new float[] {-0.25f, 1}, means(images, new Input(1, 0, PixelScale.SYMMETRIC, false)), 1e-6f);
        assertArrayEquals(new float[] {0.375f, 1}, means(images, new Input(1, 0, PixelScale.UNIT, false)), 1e-6f);
        assertArrayEquals(
                new float[] {(0 + 64 + 128 + 191) / 4f, 255}, means(images, new Input(1, 0, PixelScale.BYTES, false)));
        assertArrayEquals(
                new float[] {-0.25f, -0.25f, -0.25f, 1, 1, 1},
                means(images, new Input(3, 0, PixelScale.SYMMETRIC, false)),
                1e-6f);
        float[] colours = means(images, Input.TORCHVISION_INCEPTION);
        assertArrayEquals(
                new float[] {2.248908f, 2.428571f, 2.64f}, java.util.Arrays.copyOfRange(colours, 3, 6), 1e-5f);
        assertArrayEquals(
                new float[] {95.75f, 95.75f, 95.75f, 2, 2, 2, 255, 255, 255, 2, 2, 2},
                means(images, Input.NVIDIA_INCEPTION));
    }

    private float[] means(NDArray images, Input input) throws IOException {
        Path file = ScriptFile.write(folder, "Means", MEANS);
        try (TorchScriptFeatures extractor = TorchScriptFeatures.load(file, Device.cpu(), input)) {
            assertEquals("Means.pt", extractor.name());
            int before = manager.getManagedArrays().size();
            NDArray features = extractor.features(images);
            assertEquals(before + 1, manager.getManagedArrays().size(), "only the features remain");
            assertSame(manager, features.getManager());
            assertEquals(new Shape(2, extractor.dimension()), features.getShape());
            return features.toFloatArray();
        }
    }

    /** Resizing keeps a ramp a ramp: bilinear, with the centres of the pixels. */
    @Test
    void imagesAreResized() throws IOException {
        Path file = ScriptFile.write(folder, "Rows", """
                def forward(self, x: Tensor) -> Tensor:
                  return torch.flatten(x, 1, -1)
                """);
        NDArray ramp = manager.create(new float[] {0, 0.8f, 0, 0.8f}, new Shape(1, 1, 2, 2));
        try (TorchScriptFeatures extractor =
                TorchScriptFeatures.load(file, Device.cpu(), new Input(1, 4, PixelScale.SYMMETRIC, false))) {
            assertEquals(16, extractor.dimension());
            float[] expected = {0, 0.2f, 0.6f, 0.8f};
            assertArrayEquals(expected, extractor.features(ramp).get("0, 0:4").toFloatArray(), 1e-6f);
        }
    }

    @Test
    void filesThatAreNoNetworksAreNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("weights.pth"), "not a network");
        assertTrue(loading(text)
                .endsWith("weights.pth is not a network in TorchScript: torch.jit.save writes one,"
                        + " torch.save only weights or Python objects"));
        assertTrue(loading(folder.resolve("none.pt")).startsWith("there is no file "));
        Path picture = ScriptFile.write(folder, "Picture", """
                def forward(self, x: Tensor) -> Tensor:
                  return x
                """);
        assertEquals("Picture.pt must return features of shape (1, D), but returns (1, 3, 64, 64)", loading(picture));
        Path pair = ScriptFile.write(folder, "Pair", """
                def forward(self, x: Tensor) -> Tuple[Tensor, Tensor]:
                  return (x, x)
                """);
        assertTrue(loading(pair).startsWith("Pair.pt must return a tensor, but returns "), loading(pair));
        Path strict = ScriptFile.write(folder, "Strict", """
                def forward(self, x: Tensor) -> Tensor:
                  return torch.reshape(x, [1, 7])
                """);
        assertTrue(loading(strict).startsWith("Strict.pt does not take (1, 3, 64, 64): "), loading(strict));
        assertTrue(loading(strict).contains("shape '[1, 7]' is invalid"), loading(strict));
    }

    private static String loading(Path file) {
        return message(() -> TorchScriptFeatures.load(file, Device.cpu(), new Input(3, 0, PixelScale.UNIT, false)));
    }

    @Test
    @SuppressWarnings("try") // the collector is only kept open
    void classifiersGiveFeatures() {
        try (Classifier classifier = new Classifier(manager, 1, 10);
                GradientCollector collector = manager.getEngine().newGradientCollector()) {
            FeatureExtractor extractor = new ClassifierFeatures("classifier", classifier);
            NDArray images = manager.randomNormal(new Shape(5, 1, 28, 28));
            NDArray features = extractor.features(images);
            assertEquals(128, extractor.dimension());
            assertEquals(new Shape(5, 128), features.getShape());
            assertFalse(Autograd.isTracked(features));
            assertTrue(Autograd.isTracked(classifier.features(images)));
        }
    }

    @Test
    void badArgumentsAreNamed() throws IOException {
        assertEquals("channels must be 1 or 3, but is 2", message(() -> new Input(2, 0, PixelScale.UNIT, false)));
        Path file = ScriptFile.write(folder, "Means", MEANS);
        try (TorchScriptFeatures extractor =
                TorchScriptFeatures.load(file, Device.cpu(), new Input(1, 0, PixelScale.UNIT, false))) {
            NDArray colours = manager.zeros(new Shape(2, 3, 8, 8));
            assertEquals(
                    "images must have shape (B, 1, H, W), or one channel, but have (2, 3, 8, 8)",
                    message(() -> extractor.features(colours)));
        }
    }
}
