package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;
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

    @FunctionalInterface
    private interface Points {
        NDArray get(NDManager arrays, int... rows);
    }

    /**
     * The loss of the images used, against as many chains of the buffer.
     *
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; the interrupt is used up
     */
    public double between(NeuralEnergy energy, ImageSet set, ReplayBuffer buffer, NDManager manager) {
        NDArray chains = buffer.state().get("points");
        Moments up = moments(energy, set.size(), set::images, manager);
        Moments down =
                moments(energy, (int) chains.getShape().get(0), (arrays, rows) -> rows(chains, arrays, rows), manager);
        return up.mean - down.mean + penalty * (up.square + down.square);
    }

    private static NDArray rows(NDArray points, NDManager arrays, int... rows) {
        NDArray taken = points.get(arrays.create(rows));
        taken.attach(arrays);
        return taken;
    }

    private Moments moments(NeuralEnergy energy, int size, Points points, NDManager manager) {
        int used = batches == 0 ? size : (int) Math.min(size, (long) batches * batchSize);
        double sum = 0;
        double squares = 0;
        for (int from = 0; from < used; from += batchSize) {
            int[] rows = IntStream.range(from, Math.min(used, from + batchSize)).toArray();
            for (float value : energies(energy, points, rows, manager)) {
                sum += value;
                squares += (double) value * value;
            }
            FixedLoss.stopIfInterrupted();
        }
        return new Moments(sum / used, squares / used);
    }

    private static float[] energies(NeuralEnergy energy, Points points, int[] rows, NDManager manager) {
        try (NDManager arrays = manager.newSubManager()) {
            return Torch.untracked(() -> energy.energy(points.get(arrays, rows)).toFloatArray());
        }
    }
}
