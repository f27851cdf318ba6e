package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageSet;
import org.scorebook.model.NeuralField;
import org.scorebook.recipe.Recipe;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;
import org.scorebook.train.Objective;

/**
 * The loss on images that are not trained on, always with the same noise at the same times, so that two values differ only
 * because the network does.
 *
 * @param objective the loss
 * @param batchSize images a batch
 * @param batches at most so many are used, 0 for all
 * @param seed of noise and times
 */
public record FixedLoss(Objective<VectorField> objective, int batchSize, int batches, long seed) {
    /** As training has it in its loss history. */
    public static FixedLoss of(Recipe recipe) {
        RunConfig config = recipe.config();
        return new FixedLoss(recipe.objective(), config.batchSize(), config.evaluationBatches(), config.seed());
    }

    /**
     * The mean over the images used, each with its own label.
     *
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public double of(NeuralField network, ImageSet set, NDManager manager) {
        Noise noise = Noise.seeded(seed);
        RandomGenerator random = new SplittableRandom(seed + 1);
        int all = (set.size() + batchSize - 1) / batchSize;
        int used = batches == 0 ? all : Math.min(batches, all);
        double sum = 0;
        for (int i = 0; i < used; i++) {
            int[] rows = IntStream.range(i * batchSize, Math.min(set.size(), (i + 1) * batchSize))
                    .toArray();
            sum += rows.length * batch(network, set, rows, noise, random, manager);
            stopIfInterrupted();
        }
        return sum / Math.min(set.size(), used * batchSize);
    }

    static void stopIfInterrupted() {
        if (Thread.interrupted()) {
            throw new CancellationException("the evaluation was interrupted");
        }
    }

    private double batch(
            NeuralField network, ImageSet set, int[] rows, Noise noise, RandomGenerator random, NDManager manager) {
        try (NDManager arrays = manager.newSubManager()) {
            NDArray images = set.images(arrays, rows);
            long[] labels = IntStream.of(rows).mapToLong(set::label).toArray();
            VectorField field = network.classes() == 0 ? network : network.given(arrays.create(labels));
            return Torch.untracked(() -> objective
                    .prepare(field, images, noise, random)
                    .of(field)
                    .toType(DataType.FLOAT64, false)
                    .getDouble());
        }
    }
}
