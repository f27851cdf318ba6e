package org.scorebook.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scorebook.aten.AdamW;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.model.NeuralField;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.Descent;

/** Everything that changes while a network is trained: the network, its average, the optimizer, the state. */
final class Learner implements AutoCloseable {
    private final RunConfig config;
    private final Recipe recipe;
    private final List<String> classNames;
    private final NDManager manager;
    private final NeuralField network;
    private final NeuralField average;
    private final AdamW optimizer;
    private final Descent descent;
    private final TrainingState state = new TrainingState();
    private double gradientNorm;

    /** A learner at its start, with parameters from the configuration's seed. */
    Learner(RunConfig config, ImageSet set, NDManager parent) {
        this.config = config;
        classNames = set.classNames();
        recipe = new Recipe(config, set.imageShape(), classNames.size());
        manager = parent.newSubManager();
        manager.getEngine().setRandomSeed((int) config.seed());
        network = new NeuralField(recipe.network(), manager, recipe.image());
        average = new NeuralField(recipe.network(), manager, recipe.image());
        average.load(network.state());
        double clipNorm = config.clipNorm() == 0 ? Double.POSITIVE_INFINITY : config.clipNorm();
        optimizer = new AdamW(manager, network.parameters(), config.weightDecay(), clipNorm)
                .averaging(average.parameters(), config.emaDecay());
        descent = new Descent(network, recipe.objective(), optimizer);
    }

    /** Something that gives the batches of a step one after another. */
    interface BatchSource {
        Batch next(NDManager manager);
    }

    /**
     * One step over as many batches as the configuration accumulates. Its random numbers follow from seed and step.
     *
     * @return the mean loss; where it is not finite nothing has changed
     */
    double step(BatchSource batches, double lr) {
        long seed = state.stepSeed(config.seed());
        manager.getEngine().setRandomSeed((int) (seed ^ seed >>> 32));
        RandomGenerator random = new SplittableRandom(seed);
        int parts = config.gradientAccumulation();
        double loss = 0;
        for (int i = 0; i < parts; i++) {
            try (NDManager arrays = manager.newSubManager()) {
                Batch batch = batches.next(arrays);
                loss += descent.add(batch.images(), labels(batch, arrays, random), 1.0 / parts, random) / parts;
            }
        }
        if (Double.isFinite(loss)) {
            gradientNorm = descent.step(lr);
            state.taken(loss);
        } else {
            descent.skip();
        }
        return loss;
    }

    /** The labels of a batch, some of them left out, so that the network also learns to do without. */
    private NDArray labels(Batch batch, NDManager arrays, RandomGenerator random) {
        if (network.classes() == 0) {
            return null;
        }
        long[] labels = new long[batch.labels().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextDouble() < config.pUncond() ? network.classes() : batch.labels()[i];
        }
        return arrays.create(labels);
    }

    /** Writes all of it into a folder of its own under the parent, and deletes old ones. */
    void save(Path parent) throws IOException {
        Map<String, Map<String, NDArray>> arrays = new LinkedHashMap<>();
        arrays.put("model", network.state());
        arrays.put("ema", average.state());
        arrays.put("optimizer", optimizer.state(network.parameterNames()));
        JsonObject json = state.toJson();
        JsonArray image = new JsonArray();
        for (long side : recipe.image().getShape()) {
            image.add(side);
        }
        json.add("image", image);
        JsonArray classes = new JsonArray();
        classNames.forEach(classes::add);
        json.add("class_names", classes);
        Checkpoint.write(parent, state.step(), arrays, Map.of("state", json.toString(), "config", config.toJson()));
        Checkpoint.prune(parent, config.keepCheckpoints());
    }

    /** Goes on from a checkpoint of the same configuration. */
    void restore(Checkpoint checkpoint) throws IOException {
        try (NDManager arrays = manager.newSubManager()) {
            network.load(checkpoint.arrays("model", arrays));
            average.load(checkpoint.arrays("ema", arrays));
            optimizer.restore(checkpoint.arrays("optimizer", arrays), network.parameterNames());
        }
        state.restore(checkpoint.state());
    }

    Recipe recipe() {
        return recipe;
    }

    /** The averaged network, which samples are drawn from and which is evaluated. */
    NeuralField average() {
        return average;
    }

    TrainingState state() {
        return state;
    }

    /** Of the last step, before clipping. */
    double gradientNorm() {
        return gradientNorm;
    }

    /** For arrays that live on the same device. */
    NDManager manager() {
        return manager;
    }

    /** How many numbers are trained. */
    long size() {
        return network.size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
