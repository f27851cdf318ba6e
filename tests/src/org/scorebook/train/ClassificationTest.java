package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.data.LabelledImages;
import org.scorebook.model.Classifier;

class ClassificationTest {
    @Seeded(1)
    private NDManager manager;

    /** Noise with labels at random can only be learned by heart. */
    @Test
    void oneBatchIsLearnedByHeart() {
        LabelledImages batch = noise(32, 3, 12, 10);
        try (Classifier network = new Classifier(manager, 3, 10)) {
            List<Double> losses = new ArrayList<>();
            double accuracy = new Classification(100, 32, 3e-3, 0, 1)
                    .train(network, batch, batch, (step, loss) -> losses.add(loss));
            assertEquals(Math.log(10), losses.get(0), 0.3);
            assertTrue(losses.get(99) < 0.01, "the loss is " + losses.get(99));
            assertEquals(1, accuracy);
        }
    }

    /** Stripes: which way they run, unseen ones too. The last step of an epoch has 4 images, not 16. */
    @Test
    void classesAreFound() {
        LabelledImages train = stripes(100);
        LabelledImages test = stripes(501);
        try (Classifier network = new Classifier(manager, 1, 2)) {
            long[] steps = {0};
            int arrays = manager.getManagedArrays().size();
            double accuracy = new Classification(6, 16, 3e-3, 0.01, 1)
                    .train(network, train, test, (step, loss) -> steps[0] = step);
            assertTrue(accuracy > 0.99, "accuracy " + accuracy);
            assertEquals(6 * 7, steps[0]);
            assertEquals(arrays, manager.getManagedArrays().size());
        }
    }

    @Test
    void oneSeedIsOneTraining() {
        double[] first = losses(3);
        assertArrayEquals(first, losses(3));
        assertFalse(java.util.Arrays.equals(first, losses(4)));
    }

    private double[] losses(long seed) {
        try (NDManager own = Torch.manager(2);
                Classifier network = new Classifier(own, 1, 10)) {
            double[] losses = new double[6];
            LabelledImages images = noise(32, 1, 8, 10);
            new Classification(3, 16, 1e-3, 0.01, seed)
                    .train(network, images, images, (step, loss) -> losses[(int) step - 1] = loss);
            return losses;
        }
    }

    @Test
    void anInterruptStops() {
        LabelledImages images = noise(32, 1, 8, 10);
        try (Classifier network = new Classifier(manager, 1, 10)) {
            String message = assertThrows(CancellationException.class, () -> Classification.of(9, 1)
                            .train(network, images, images, (step, loss) -> {
                                if (step == 2) {
                                    Thread.currentThread().interrupt();
                                }
                            }))
                    .getMessage();
            assertEquals("training was interrupted after 2 of 9 steps", message);
            assertFalse(Thread.currentThread().isInterrupted());
            assertTrue(Classification.accuracy(network, images) >= 0);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        LabelledImages images = noise(8, 1, 8, 10);
        try (Classifier small = new Classifier(manager, 1, 2)) {
            String message = message(() -> Classification.of(1, 1).train(small, images, images, (s, l) -> {}));
            assertTrue(message.matches("labels must be from 0 to 1, but are from \\d to \\d"), message);
            LabelledImages bad = LabelledImages.of(
                    manager.full(new Shape(4, 1, 8, 8), Float.NaN), manager.create(new long[] {0, 1, 0, 1}));
            assertThrows(
                    ArithmeticException.class, () -> Classification.of(1, 1).train(small, bad, bad, (s, l) -> {}));
            assertTrue(Float.isFinite(small.parameters().get(0).sum().getFloat()));
        }
        NDArray four = manager.zeros(new Shape(4, 1, 8, 8));
        assertEquals(
                "images and labels must have shapes (N, C, H, W) and (N), but have (4, 1, 8, 8) and (4, 1)",
                message(() -> LabelledImages.of(four, manager.zeros(new Shape(4, 1)))));
        assertTrue(message(() -> LabelledImages.of(four, manager.ones(new Shape(4))))
                .startsWith("labels must be int64, but"));
        assertEquals("epochs must be at least 1, but is 0", message(() -> Classification.of(0, 1)));
    }

    @Test
    void imageSetsAreLabelledImages() {
        byte[] bytes = {0, (byte) 255, 51, 0, 102, 0};
        ImageSet set = new ImageSet("toy", bytes, 1, 1, 2, new int[] {1, 0, 1}, List.of("a", "b"));
        Batch batch = set.batch(manager, 2, 0);
        assertEquals(new Shape(2, 1, 1, 2), batch.images().getShape());
        assertArrayEquals(new float[] {-0.2f, -1, -1, 1}, batch.images().toFloatArray(), 1e-6f);
        assertArrayEquals(new long[] {1, 1}, batch.classes().toLongArray());
    }

    private LabelledImages noise(int count, int channels, int side, int classes) {
        NDArray labels = manager.arange(count).toType(DataType.INT64, false).mod(classes);
        return LabelledImages.of(
                manager.randomNormal(new Shape(count, channels, side, side)), labels.toType(DataType.INT64, false));
    }

    /** Upright stripes are class 0, level ones class 1, with a phase at random and noise. */
    private LabelledImages stripes(int count) {
        NDArray phase = manager.randomUniform(0, 6, new Shape(count, 1, 1, 1));
        NDArray wave =
                manager.arange(12f).mul(1.6f).reshape(1, 1, 1, 12).add(phase).sin();
        NDArray labels =
                manager.arange(count).toType(DataType.INT64, false).mod(2).toType(DataType.INT64, false);
        NDArray level = labels.toType(DataType.FLOAT32, false).reshape(count, 1, 1, 1);
        NDArray upright = wave.broadcast(new Shape(count, 1, 12, 12));
        NDArray images =
                upright.mul(level.sub(1).neg()).add(upright.swapAxes(2, 3).mul(level));
        return LabelledImages.of(
                images.add(manager.randomNormal(images.getShape()).mul(0.2)), labels);
    }
}
