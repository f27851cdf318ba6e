package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scorebook.aten.AdamW;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.model.NonFinite;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.Checkpoint;

/** Everything that changes while a network is trained: the network, its average, the optimizer, the state. */
final class Learner implements AutoCloseable {
    private final RunConfig config;
    private final Recipe recipe;
    private final List<String> classNames;
    private final NDManager manager;
    private final AdamW optimizer;
    private final Trainee trainee;
    private final TrainingState state = new TrainingState();
    private double gradientNorm;
    private String diagnosis = "";

    /** A learner at its start, with parameters from the configuration's seed. */
    Learner(RunConfig config, ImageSet set, NDManager parent) {
        this.config = config;
        classNames = set.classNames();
        recipe = new Recipe(config, set.imageShape(), classNames.size());
        manager = parent.newSubManager();
        manager.getEngine().setRandomSeed((int) config.seed());
        Network network = recipe.model(manager);
        Network average = recipe.model(manager);
        average.load(network.state());
        double clipNorm = config.clipNorm() == 0 ? Double.POSITIVE_INFINITY : config.clipNorm();
        optimizer = new AdamW(manager, network.parameters(), config.weightDecay(), clipNorm)
                .beta1(config.beta1())
                .averaging(average.parameters(), config.emaDecay());
        trainee = network instanceof NeuralEnergy energy
                ? new EnergyTrainee(recipe, energy, (NeuralEnergy) average, optimizer, manager)
                : new FieldTrainee(recipe, (NeuralField) network, (NeuralField) average, optimizer);
    }

    /** Something that gives the batches of a step one after another. */
    interface BatchSource {
        Batch next(NDManager manager);
    }

    /**
     * One step over as many batches as the configuration accumulates. Its random numbers follow from seed and step.
     *
     * @return the mean loss; where it or a gradient is not finite, NaN or infinity: nothing has changed then, and
     *     {@link #diagnosis} tells more
     */
    double step(BatchSource batches, double lr) {
        int parts = config.gradientAccumulation();
        double loss = 0;
        RandomGenerator random = stepRandom();
        for (int i = 0; i < parts && Double.isFinite(loss); i++) {
            try (NDManager arrays = manager.newSubManager()) {
                Batch batch = batches.next(arrays);
                loss += trainee.add(batch, arrays, 1.0 / parts, random) / parts;
                if (!Double.isFinite(loss)) {
                    diagnose(loss, () -> trainee.add(batch, arrays, 1.0 / parts, stepRandom()));
                }
            }
        }
        gradientNorm = Double.isFinite(loss) ? optimizer.step(lr) : Double.NaN;
        if (Double.isFinite(gradientNorm)) {
            state.taken(loss);
            return loss;
        }
        if (Double.isFinite(loss)) { // then so was all that it was computed from
            diagnose(loss, () -> {});
        }
        trainee.skip();
        return Double.isFinite(loss) ? Double.NaN : loss;
    }

    private RandomGenerator stepRandom() {
        long seed = state.stepSeed(config.seed());
        manager.getEngine().setRandomSeed((int) (seed ^ seed >>> 32));
        return new SplittableRandom(seed);
    }

    private void diagnose(double loss, Runnable pass) {
        diagnosis = NonFinite.report(loss, trainee.network(), pass);
    }

    /** What is known of the last step that was not finite, as one clause. */
    String diagnosis() {
        return diagnosis;
    }

    /** Writes all of it into a folder of its own under the parent, and deletes old ones. */
    void save(Path parent) throws IOException {
        Map<String, Map<String, NDArray>> arrays = new LinkedHashMap<>();
        arrays.put("model", trainee.network().state());
        arrays.put("ema", trainee.average().state());
        arrays.put("optimizer", optimizer.state(trainee.network().parameterNames()));
        arrays.putAll(trainee.parts());
        JsonObject json = state.toJson();
        trainee.write(json);
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
            trainee.network().load(checkpoint.arrays("model", arrays));
            trainee.average().load(checkpoint.arrays("ema", arrays));
            optimizer.restore(
                    checkpoint.arrays("optimizer", arrays), trainee.network().parameterNames());
            trainee.restore(checkpoint, arrays);
        }
        state.restore(checkpoint.state());
    }

    /** A sentence when the training runs away; to be asked after each step. */
    Optional<String> trouble() {
        return trainee.trouble(state.step(), gradientNorm);
    }

    Recipe recipe() {
        return recipe;
    }

    /** The averaged network, which samples are drawn from and which is evaluated. */
    Network average() {
        return trainee.average();
    }

    /** What the training says of itself besides its state. */
    Trainee trainee() {
        return trainee;
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
        return trainee.network().size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
