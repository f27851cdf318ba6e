package org.scorebook.evaluate;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.scorebook.aten.Blocks;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Batch;
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
        int used = batches == 0 ? set.size() : (int) Math.min(set.size(), (long) batches * batchSize);
        double[] sum = {0};
        Blocks.forEach(used, batchSize, manager, (arrays, rows) -> {
            sum[0] += rows.length * mean(network, set.batch(arrays, rows), noise, random);
            stopIfInterrupted();
        });
        return sum[0] / used;
    }

    static void stopIfInterrupted() {
        if (Thread.interrupted()) {
            throw new CancellationException("the evaluation was interrupted");
        }
    }

    private double mean(NeuralField network, Batch batch, Noise noise, RandomGenerator random) {
        VectorField field = network.classes() == 0 ? network : network.given(batch.classes());
        return Torch.untracked(() -> objective
                .prepare(field, batch.images(), noise, random)
                .of(field)
                .toType(DataType.FLOAT64, false)
                .getDouble());
    }
}
