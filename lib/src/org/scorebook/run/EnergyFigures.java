package org.scorebook.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scorebook.aten.Torch;
import org.scorebook.data.ImageSet;
import org.scorebook.data.Splits;
import org.scorebook.metric.Auroc;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.train.ReplayBuffer;

/** What an energy is measured by besides its samples: whether it is higher where the data is not. */
final class EnergyFigures {
    private static final int MOST = 2000;
    private static final int BATCH = 250;

    private final NeuralEnergy energy;
    private final NDManager manager;

    private EnergyFigures(NeuralEnergy energy, NDManager manager) {
        this.energy = energy;
        this.manager = manager;
    }

    /**
     * The AUROC of test images, at most 2,000, against uniform noise and against other pictures: the chance that one of those
     * has the higher energy. Of an energy with classes also the accuracy on the test images.
     */
    static Map<String, Double> of(TrainedModel model, Splits data, Splits others, NDManager manager) {
        EnergyFigures of = new EnergyFigures(model.energy(), manager);
        Shape image = model.recipe().image();
        double[] own = of.energies(data.test());
        ImageSet strangers = image.get(0) == 1 ? others.train().grey() : others.train();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("auroc_noise", Auroc.of(of.noise(image, model.config().seed()), own));
        figures.put("auroc_" + strangers.name().replaceAll("[^a-z0-9]+", "_"), Auroc.of(of.energies(strangers), own));
        if (model.classes() > 0) {
            figures.put("accuracy", of.accuracy(data.test()));
        }
        return figures;
    }

    private double[] energies(ImageSet set) {
        return inBatches(Math.min(MOST, set.size()), rows -> arrays -> energy.energy(set.images(arrays, rows)));
    }

    private double[] noise(Shape image, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return inBatches(
                MOST,
                rows -> arrays ->
                        energy.energy(ReplayBuffer.uniform(image, -1, 1).next(arrays, rows.length, random)));
    }

    private double accuracy(ImageSet set) {
        double[] found = inBatches(
                set.size(),
                rows -> arrays -> energy.logits(set.images(arrays, rows)).argMax(1));
        return IntStream.range(0, set.size())
                        .filter(i -> (int) found[i] == set.label(i))
                        .count()
                / (double) set.size();
    }

    private double[] inBatches(int size, Function<int[], Function<NDManager, NDArray>> values) {
        double[] all = new double[size];
        for (int from = 0; from < size; from += BATCH) {
            int[] rows = IntStream.range(from, Math.min(size, from + BATCH)).toArray();
            try (NDManager arrays = manager.newSubManager()) {
                Number[] found =
                        Torch.untracked(() -> values.apply(rows).apply(arrays).toArray());
                for (int i = 0; i < rows.length; i++) {
                    all[from + i] = found[i].doubleValue();
                }
            }
        }
        return all;
    }
}
