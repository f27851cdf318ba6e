package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.scorebook.aten.MixedPrecision;
import org.scorebook.capture.GraphCapture;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NonFinite;
import org.scorebook.optim.AdamW;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.OneCall;
import org.scorebook.train.TrainingState;

/** Takes the steps of a run, and owns all that changes with them: the network, its average, the optimizer, the state. */
final class RunTrainer implements AutoCloseable {
    private final RunConfig config;
    private final NDManager manager;
    private final RunParts parts;
    private final Network network;
    private final AdamW optimizer;
    private final BatchLoss loss;
    private final boolean mixed;
    private final OneCall oneCall;
    private TrainingState state;
    private double gradientNorm;
    private final boolean ahead;
    private boolean doubtful;
    private String diagnosis = "";

    /** At its start, with parameters from the configuration's seed. */
    RunTrainer(RunConfig config, ImageSet set, NDManager parent) {
        this(config, set, parent, parent.getDevice().isGpu());
    }

    /**
     * At its start.
     *
     * @param onDevice whether the device works beside the host, so that steps can be begun before those before them are done
     */
    RunTrainer(RunConfig config, ImageSet set, NDManager parent, boolean onDevice) {
        this.config = config;
        state = TrainingState.start(set.imageShape(), set.classNames());
        manager = parent.newSubManager();
        mixed = config.precision().isMixed(manager.getDevice());
        parts = new RunParts(config, set, manager);
        network = parts.network;
        optimizer = parts.optimizer;
        loss = parts.loss;
        if (onDevice) {
            optimizer.onDevice();
        }
        oneCall = new OneCall(network, optimizer);
        if (network instanceof NeuralEnergy && config.gradientAccumulation() > 1) {
            oneCall.refuse("chains of a batch may start where those of the batch before have ended");
        }
        ahead = onDevice && loss.canRunAhead();
    }

    /** Whether several steps can be begun before the host asks for their numbers. */
    boolean runsAhead() {
        return ahead && oneCall.obstacle().isEmpty() && !doubtful;
    }

    /**
     * Steps, each over as many batches as the configuration accumulates. Their random numbers follow from seed and step. Several are
     * begun one after another, and looked at in the end.
     *
     * @param batches gives one after another
     * @param rates of learning, one for each step; more than one only where this {@link #runsAhead}
     * @return mean losses of the steps that were taken: fewer than were asked for where one is not finite, or could not be begun. It
     *     is to be asked for alone then, and nothing of it has happened. Where one alone is not finite, NaN or infinity: nothing has
     *     changed then, and {@link #diagnosis} tells more
     */
    double[] steps(Function<NDManager, Batch> batches, double... rates) {
        return MixedPrecision.within(
                mixed, () -> rates.length > 1 ? begun(batches, rates) : new double[] {taken(batches, rates[0])});
    }

    /** One step, as {@link #steps} takes it. */
    double step(Function<NDManager, Batch> batches, double lr) {
        return steps(batches, lr)[0];
    }

    private double[] begun(Function<NDManager, Batch> batches, double... rates) {
        List<AdamW.Pending> begun = new ArrayList<>();
        double[] losses;
        try {
            boolean goesOn = true;
            while (goesOn && begun.size() < rates.length) {
                goesOn = begin(batches, rates[begun.size()], begun);
            }
        } finally {
            losses = settled(begun);
        }
        return losses;
    }

    private boolean begin(Function<NDManager, Batch> batches, double lr, List<AdamW.Pending> begun) {
        try (NDManager arrays = manager.newSubManager()) {
            List<Batch> some = next(batches, arrays);
            network.iteratePower(1);
            return oneCall.begin(arrays, losses(some, arrays, begun.size()), lr)
                    .map(begun::add)
                    .orElse(false);
        }
    }

    private double[] settled(List<AdamW.Pending> begun) {
        List<AdamW.Taken> found = begun.isEmpty() ? List.of() : optimizer.settle(begun);
        double[] losses = found.stream()
                .filter(taken -> Double.isFinite(taken.norm()))
                .mapToDouble(AdamW.Taken::loss)
                .toArray();
        for (int i = 0; i < losses.length; i++) {
            gradientNorm = found.get(i).norm();
            state = state.plusStep(losses[i]);
        }
        doubtful = losses.length < found.size();
        return losses;
    }

    private List<Batch> next(Function<NDManager, Batch> batches, NDManager arrays) {
        return Stream.generate(() -> batches.apply(arrays))
                .limit(config.gradientAccumulation())
                .toList();
    }

    private double taken(Function<NDManager, Batch> batches, double lr) {
        try (NDManager arrays = manager.newSubManager()) {
            List<Batch> some = next(batches, arrays);
            network.iteratePower(1);
            doubtful = false;
            Optional<AdamW.Taken> taken = inOneCall(some, arrays, lr);
            if (taken.isEmpty()) {
                return stepwise(some, lr);
            }
            gradientNorm = taken.get().norm();
            state = state.plusStep(taken.get().loss());
            return taken.get().loss();
        }
    }

    private Optional<AdamW.Taken> inOneCall(List<Batch> some, NDManager arrays, double lr) {
        if (!oneCall.obstacle().isEmpty()) {
            return Optional.empty();
        }
        return oneCall.step(arrays, losses(some, arrays, 0), lr);
    }

    private List<OneCall.Deferred> losses(List<Batch> some, NDManager arrays, int stepsAhead) {
        RandomGenerator random = stepRandom(stepsAhead);
        List<OneCall.Deferred> losses = new ArrayList<>();
        some.forEach(batch -> losses.add(loss.deferred(batch, arrays, random)));
        return losses;
    }

    /** As in one call, but operation by operation; also where that has found a value that is not finite, which is looked for. */
    private double stepwise(List<Batch> some, double lr) {
        double mean = 0;
        RandomGenerator random = stepRandom(0);
        for (int i = 0; i < some.size() && Double.isFinite(mean); i++) {
            try (NDManager arrays = manager.newSubManager()) {
                Batch batch = some.get(i);
                batch.images().attach(arrays);
                if (i > 0) {
                    network.iteratePower(1);
                }
                mean += loss.backward(batch, arrays, 1.0 / some.size(), random) / some.size();
                if (!Double.isFinite(mean)) {
                    diagnose(mean, () -> loss.backward(batch, arrays, 1.0 / some.size(), stepRandom(0)));
                }
            }
        }
        gradientNorm = Double.isFinite(mean) ? optimizer.step(lr) : Double.NaN;
        if (Double.isFinite(gradientNorm)) {
            state = state.plusStep(mean);
            return mean;
        }
        if (Double.isFinite(mean)) { // then so was all that it was computed from
            diagnose(mean, () -> {});
        }
        optimizer.clearGradients();
        return Double.isFinite(mean) ? Double.NaN : mean;
    }

    /** Lets the device repeat steps as graphs. */
    void repeat(GraphCapture capture) {
        optimizer.repeated(capture);
    }

    /** Why it does not where it is to, as one clause; empty where nothing stands in the way so far. */
    String graphObstacle() {
        return optimizer.graphObstacle();
    }

    /** Why the last step was not one native call; empty where it was. */
    String obstacle() {
        return oneCall.obstacle();
    }

    /** What steps are computed with, in words. */
    String precision() {
        return mixed ? "float32, with products in bfloat16" : "float32";
    }

    private RandomGenerator stepRandom(int stepsAhead) {
        long seed = state.stepSeed(config.seed(), stepsAhead);
        manager.getEngine().setRandomSeed((int) (seed ^ seed >>> 32));
        return new SplittableRandom(seed);
    }

    private void diagnose(double value, Runnable pass) {
        diagnosis = NonFinite.report(value, network, pass);
    }

    /** What is known of the last step that was not finite, as one clause. */
    String diagnosis() {
        return diagnosis;
    }

    /**
     * To be called before each step: lets the means of losses begin again whose epoch or interval of the metrics has ended with the
     * last one. Until then they can be told.
     */
    void beginIntervals(EpochSteps steps) {
        state = state.begin(steps.endsEpoch(state.step()), steps.isLogged(state.step()));
    }

    /** Writes all of it into a folder of its own under the parent, and deletes old ones. */
    void save(Path parent) throws IOException {
        parts.save(parent, state);
    }

    /**
     * Goes on from a checkpoint of the same configuration.
     *
     * @throws org.scorebook.base.DamagedFile if a file is missing, damaged or of another training; another checkpoint must be
     *     restored then, for some of this one may be in place
     */
    void restore(Checkpoint checkpoint) throws IOException {
        state = parts.restore(checkpoint, state);
    }

    /** Goes back to a checkpoint because the training has run away so many times, and on with a lower learning rate. */
    void goBack(Checkpoint checkpoint, int times) throws IOException {
        restore(checkpoint);
        state = state.withSetbacks(times);
    }

    /** The loss of the averaged network on images that are not trained on. */
    double evaluate(ImageSet set, NDManager arrays) {
        return parts.evaluate(set, arrays);
    }

    /** Images of the averaged network, one for each label. */
    NDArray draw(NDManager arrays, int... labels) {
        return parts.draw(arrays, labels);
    }

    /** A sentence when the training runs away; to be asked after each step. */
    Optional<String> trouble() {
        return loss.trouble(state.step(), gradientNorm);
    }

    /** What the metrics say of the last step besides the loss. */
    Map<String, Number> figures() {
        Map<String, Number> figures = new LinkedHashMap<>(loss.figures());
        figures.put("gradient_norm", gradientNorm);
        return figures;
    }

    RunConfig config() {
        return config;
    }

    Recipe recipe() {
        return parts.recipe;
    }

    /** The network whose parameters move. */
    Network network() {
        return network;
    }

    /** The averaged network. */
    Network average() {
        return parts.average;
    }

    TrainingState state() {
        return state;
    }

    /** For arrays that live on the same device. */
    NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        optimizer.forgetGraphs();
        manager.close();
    }
}
