package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.BiFunction;
import org.scorebook.aten.Blocks;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageSet;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.ReplayBuffer;

/**
 * The loss of contrastive divergence on images that are not trained on, against chains as the buffer has them (noise, where
 * chains do not start from it): no chain is run for it.
 *
 * @param penalty alpha of the loss
 * @param batchSize images a batch
 * @param batches at most so many are used, 0 for all
 */
public record EnergyGap(double penalty, int batchSize, int batches) {
    /** As training has it in its loss history. */
    public static EnergyGap of(Recipe recipe) {
        RunConfig config = recipe.config();
        return new EnergyGap(config.energyPenalty(), config.batchSize(), config.evaluationBatches());
    }

    /** Mean energies and mean squared energies. */
    private record Moments(double mean, double square) {}

    /**
     * The loss of the images used, against as many chains of the buffer.
     *
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; the interrupt is used up
     */
    public double between(NeuralEnergy energy, ImageSet set, ReplayBuffer buffer, NDManager manager) {
        NDArray chains = buffer.state().get("points");
        Moments up = moments(energy, set.size(), set::images, manager);
        Moments down = moments(
                energy, (int) chains.getShape().get(0), (arrays, rows) -> Torch.rows(arrays, chains, rows), manager);
        return up.mean - down.mean + penalty * (up.square + down.square);
    }

    private Moments moments(
            NeuralEnergy energy, int size, BiFunction<NDManager, int[], NDArray> points, NDManager manager) {
        int used = batches == 0 ? size : (int) Math.min(size, (long) batches * batchSize);
        double[] sums = {0, 0};
        Blocks.forEach(used, batchSize, manager, (arrays, rows) -> {
            NDArray energies = Torch.untracked(() -> energy.energy(points.apply(arrays, rows)));
            for (float value : energies.toFloatArray()) {
                sums[0] += value;
                sums[1] += (double) value * value;
            }
            FixedLoss.stopIfInterrupted();
        });
        return new Moments(sums[0] / used, sums[1] / used);
    }
}
