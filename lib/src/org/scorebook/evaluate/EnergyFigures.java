package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.scorebook.aten.Blocks;
import org.scorebook.aten.Functional;
import org.scorebook.aten.Torch;
import org.scorebook.base.Shuffle;
import org.scorebook.data.ImageSet;
import org.scorebook.data.ImageSets;
import org.scorebook.metric.Auroc;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.train.ReplayBuffer;

/** What an energy is measured by besides its samples: whether it is higher where the data is not. */
final class EnergyFigures {
    private static final String OTHERS = "emoji";
    private static final int MOST = 2000;
    private static final int BATCH = 250;

    private final NeuralEnergy energy;
    private final NDManager manager;

    private EnergyFigures(NeuralEnergy energy, NDManager manager) {
        this.energy = energy;
        this.manager = manager;
    }

    /**
     * The AUROC of test images, at most 2,000, against what they are not: the chance that one of the others has the higher
     * energy. The others are uniform noise; the same images with their pixels in another order; and emoji, where the energy
     * is not of emoji. Of an energy with classes also the accuracy on the test images.
     */
    static Map<String, Double> of(TrainedModel model, ImageSet test, NDManager manager) throws IOException {
        EnergyFigures of = new EnergyFigures(model.energy(), manager);
        double[] own = of.energies(test);
        long seed = model.config().seed();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("auroc_noise", Auroc.of(of.noise(model.recipe().image(), new SplittableRandom(seed)), own));
        figures.put("auroc_shuffled", Auroc.of(of.shuffled(test, seed), own));
        if (!model.config().data().equals(OTHERS)) {
            figures.put("auroc_emoji", Auroc.of(of.emoji(model.recipe().image()), own));
        }
        if (model.classes() > 0) {
            figures.put("accuracy", of.accuracy(test));
        }
        return figures;
    }

    private double[] energies(ImageSet set) {
        return inBatches(Math.min(MOST, set.size()), (arrays, rows) -> energy.energy(set.images(arrays, rows)));
    }

    private double[] noise(Shape image, SplittableRandom random) {
        return inBatches(
                MOST,
                (arrays, rows) ->
                        energy.energy(ReplayBuffer.uniform(image, -1, 1).next(arrays, rows.length, random)));
    }

    /** In grey where the images are, and of their size. */
    private double[] emoji(Shape image) throws IOException {
        ImageSet colour = ImageSets.load(OTHERS).train();
        ImageSet emoji = image.get(0) == 1 ? colour.grey() : colour;
        return inBatches(
                emoji.size(),
                (arrays, rows) -> energy.energy(
                        Functional.resize(emoji.images(arrays, rows), (int) image.get(1), (int) image.get(2))));
    }

    /** One order for all images and channels. */
    private double[] shuffled(ImageSet set, long seed) {
        int[] order = Shuffle.of(set.height() * set.width(), new Random(seed));
        return inBatches(Math.min(MOST, set.size()), (arrays, rows) -> {
            NDArray images = set.images(arrays, rows);
            NDArray flat = images.reshape(rows.length, set.channels(), order.length);
            return energy.energy(flat.get("..., {}", arrays.create(order)).reshape(images.getShape()));
        });
    }

    private double accuracy(ImageSet set) {
        double[] found = inBatches(set.size(), (arrays, rows) -> energy.logits(set.images(arrays, rows))
                .argMax(1));
        return IntStream.range(0, set.size())
                        .filter(i -> (int) found[i] == set.label(i))
                        .count()
                / (double) set.size();
    }

    private double[] inBatches(int size, BiFunction<NDManager, int[], NDArray> values) {
        double[] all = new double[size];
        Blocks.forEach(size, BATCH, manager, (arrays, rows) -> {
            Number[] found = Torch.untracked(() -> values.apply(arrays, rows).toArray());
            for (int i = 0; i < rows.length; i++) {
                all[rows[i]] = found[i].doubleValue();
            }
        });
        return all;
    }
}
