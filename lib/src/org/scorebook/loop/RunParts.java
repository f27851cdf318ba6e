package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageSet;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.optim.AdamW;
import org.scorebook.recipe.Recipe;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingState;

/** What changes with the steps of a run, but for their count: the network, its average, the optimizer, and what the loss keeps. */
final class RunParts {
    private static final int AVERAGE_ITERATIONS = 10;

    private final RunConfig config;
    private final NDManager manager;
    final Recipe recipe;
    final Network network;
    final Network average;
    final AdamW optimizer;
    final BatchLoss loss;

    /** With parameters from the configuration's seed. */
    RunParts(RunConfig config, ImageSet set, NDManager manager) {
        this.config = config;
        this.manager = manager;
        recipe = new Recipe(config, set.imageShape(), set.classNames().size());
        manager.getEngine().setRandomSeed((int) config.seed());
        network = recipe.model(manager);
        average = recipe.model(manager);
        average.load(network.state());
        double clipNorm = config.clipNorm() == 0 ? Double.POSITIVE_INFINITY : config.clipNorm();
        optimizer = new AdamW(manager, network.parameters(), config.weightDecay(), clipNorm)
                .beta1(config.beta1())
                .averaging(average.parameters(), config.emaDecay());
        loss = network instanceof NeuralEnergy energy
                ? new EnergyLoss(recipe, energy, manager)
                : new FieldLoss(recipe, (NeuralField) network);
    }

    /** Writes all of it into a folder of its own under the parent, and deletes old ones. */
    void save(Path parent, TrainingState state) throws IOException {
        settleAverage();
        Map<String, Map<String, NDArray>> arrays = new LinkedHashMap<>();
        arrays.put(Checkpoint.MODEL, network.state());
        arrays.put(Checkpoint.AVERAGE, average.state());
        arrays.put(Checkpoint.OPTIMIZER, optimizer.state(network.parameterNames()));
        arrays.putAll(loss.parts());
        String saved = loss.complete(state).toJson();
        Checkpoint.write(
                parent, state.step(), arrays, Map.of(Checkpoint.STATE, saved, Checkpoint.CONFIG, config.toJson()));
        Checkpoint.prune(parent, config.keepCheckpoints());
    }

    /**
     * Goes on from a checkpoint of the same configuration.
     *
     * @param state of this training
     * @return that of the checkpoint
     * @throws org.scorebook.base.DamagedFile if a file is missing, damaged or of another training; another checkpoint must be
     *     restored then, for some of this one may be in place
     */
    TrainingState restore(Checkpoint checkpoint, TrainingState state) throws IOException {
        TrainingState saved = checkpoint.state();
        requireSameData(checkpoint, saved, state);
        checkpoint.read(Checkpoint.CONFIG, RunConfig::fromJson);
        try (NDManager arrays = manager.newSubManager()) {
            checkpoint.load(Checkpoint.MODEL, arrays, network::load);
            checkpoint.load(Checkpoint.AVERAGE, arrays, average::load);
            checkpoint.load(Checkpoint.OPTIMIZER, arrays, all -> optimizer.restore(all, network.parameterNames()));
            loss.restore(checkpoint, arrays);
        }
        return saved;
    }

    private static void requireSameData(Checkpoint checkpoint, TrainingState saved, TrainingState state)
            throws IOException {
        if (!saved.image().equals(state.image()) || !saved.classNames().equals(state.classNames())) {
            throw checkpoint.damaged(
                    Checkpoint.textFile(Checkpoint.STATE),
                    new IllegalArgumentException("it is of images " + saved.image() + " of the classes "
                            + saved.classNames() + ", but the data has images " + state.image() + " of the classes "
                            + state.classNames()));
        }
    }

    /** The loss of the averaged network on images that are not trained on. */
    double evaluate(ImageSet set, NDManager arrays) {
        settleAverage();
        return loss.evaluate(average, set, arrays);
    }

    /** Images of the averaged network, one for each label. */
    NDArray draw(NDManager arrays, int... labels) {
        settleAverage();
        return SamplingPlan.of(config).draw(recipe, average, arrays, labels);
    }

    /** Spectral norms of averaged weights are found from the network's, so that they depend on nothing but the two networks. */
    private void settleAverage() {
        average.iteratePowerFrom(network, AVERAGE_ITERATIONS);
    }
}
