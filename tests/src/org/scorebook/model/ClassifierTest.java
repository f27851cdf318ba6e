package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Functional;

class ClassifierTest {
    @Seeded(3)
    private NDManager manager;

    @Test
    void shapesAndNames() {
        try (Classifier network = new Classifier(manager, 1, 10)) {
            long convolutions = 9 * (32 + 32 * 64 + 64 * 128 + 128 * 128) + 3 * (32 + 64 + 128 + 128);
            assertEquals(convolutions + 10 * 128 + 10, network.size());
            assertEquals(242_250, network.size());
            assertEquals(
                    List.of("convs.0.weight", "convs.0.bias", "norms.0.weight", "norms.0.bias"),
                    List.copyOf(network.state().keySet()).subList(0, 4));
            assertEquals(new Shape(10, 128), network.state().get("head.weight").getShape());
            for (int side : new int[] {4, 28, 33}) {
                NDArray images = manager.randomNormal(new Shape(3, 1, side, side));
                assertEquals(new Shape(3, 10), network.logits(images).getShape());
                assertEquals(new Shape(3, 128), network.features(images).getShape());
            }
        }
    }

    /** The logits are the last layer's of the features. */
    @Test
    void featuresAreWhatTheLastLayerSees() {
        try (Classifier network = new Classifier(manager, 3, 4)) {
            NDArray images = manager.randomNormal(new Shape(6, 3, 16, 16));
            NDArray features = network.features(images);
            NDArray expected = features.matMul(
                            network.state().get("head.weight").transpose())
                    .add(network.state().get("head.bias"));
            assertArrayEquals(expected.toFloatArray(), network.logits(images).toFloatArray(), 1e-5f);
            assertEquals(128, network.dimension());
        }
    }

    /** The loss's slope by all parameters along a random direction, against finite differences. */
    @Test
    void gradientsAreRight() {
        try (Classifier network = new Classifier(manager, 2, 5)) {
            NDArray images = manager.randomNormal(new Shape(16, 2, 9, 9));
            NDArray labels = manager.create(new long[] {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0});
            CentralDifferences.assertSlope(
                    network.parameters(), () -> Functional.crossEntropy(network.logits(images), labels), 1e-3, 1e-2);
        }
    }

    @Test
    void parametersAreCopied() {
        try (Classifier first = new Classifier(manager, 1, 3);
                Classifier second = new Classifier(manager, 1, 3)) {
            NDArray images = manager.randomNormal(new Shape(2, 1, 8, 8));
            second.load(first.state());
            assertArrayEquals(
                    first.logits(images).toFloatArray(), second.logits(images).toFloatArray());
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("classes must be at least 2, but is 1", message(() -> new Classifier(manager, 1, 1)));
        assertEquals("channels must be at least 1, but is 0", message(() -> new Classifier(manager, 0, 2)));
        try (Classifier network = new Classifier(manager, 1, 2)) {
            NDArray colours = manager.zeros(new Shape(2, 3, 8, 8));
            assertEquals(
                    "images must have shape (B, 1, H, W) with H and W at least 4, but have (2, 3, 8, 8)",
                    message(() -> network.logits(colours)));
            NDArray wide = manager.zeros(new Shape(2, 1, 8, 8), DataType.FLOAT64);
            assertEquals(
                    "images must be float32, as the network's parameters are, but is float64:"
                            + " images.toType(DataType.FLOAT32, false) converts it",
                    message(() -> network.logits(wide)));
        }
    }
}
