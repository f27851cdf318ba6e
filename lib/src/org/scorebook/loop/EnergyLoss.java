package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scorebook.aten.Functional;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.evaluate.EnergyGap;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.recipe.Recipe;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Noise;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.ContrastiveDivergence;
import org.scorebook.train.ContrastiveTerm;
import org.scorebook.train.LossTerm;
import org.scorebook.train.OneCall;
import org.scorebook.train.ReplayBuffer;
import org.scorebook.train.StabilityWatch;
import org.scorebook.train.TrainingState;

/**
 * Contrastive divergence, for an energy; for one with classes also the cross-entropy of its logits, as a joint energy-based
 * model (Grathwohl et al. 2020, eq. 8).
 */
final class EnergyLoss implements BatchLoss {
    private final Recipe recipe;
    private final NeuralEnergy network;
    private final ReplayBuffer buffer;
    private final ContrastiveDivergence objective;
    private final StabilityWatch watch = new StabilityWatch(StabilityWatch.Limits.standard());
    private ContrastiveTerm last;

    /** @param manager parent of the buffer's memory */
    EnergyLoss(Recipe recipe, NeuralEnergy network, NDManager manager) {
        this.recipe = recipe;
        this.network = network;
        RunConfig config = recipe.config();
        buffer = new ReplayBuffer(
                manager,
                recipe.image(),
                config.bufferSize(),
                config.bufferRestarts(),
                ReplayBuffer.uniform(recipe.image(), -1, 1),
                new SplittableRandom(config.seed()));
        objective = recipe.contrastive(buffer);
    }

    @Override
    public double backward(Batch batch, NDManager arrays, double share, RandomGenerator random) {
        try {
            last = objective.prepare(network, batch.images(), Noise.engine(), random);
            return joint(last, batch, arrays).backward(network, share);
        } catch (ArithmeticException e) { // a chain did not stay finite: for the training the same as an infinite loss
            last = null;
            return Double.NaN;
        }
    }

    @Override
    public OneCall.Deferred deferred(Batch batch, NDManager arrays, RandomGenerator random) {
        ContrastiveDivergence.Started begun = objective.begin(network, batch.images(), Noise.engine(), random);
        return known -> {
            last = begun.term(known);
            return joint(last, batch, arrays).of(network);
        };
    }

    private LossTerm<EnergyFunction> joint(ContrastiveTerm term, Batch batch, NDManager arrays) {
        return network.classes() == 0
                ? term
                : energy -> term.of(energy).add(crossEntropy(term.positives(), batch, arrays));
    }

    private NDArray crossEntropy(NDArray images, Batch batch, NDManager arrays) {
        long[] labels = Arrays.stream(batch.labels()).asLongStream().toArray();
        return Functional.crossEntropy(network.logits(images), arrays.create(labels));
    }

    @Override
    public double evaluate(Network trained, ImageSet set, NDManager manager) {
        return EnergyGap.of(recipe).between((NeuralEnergy) trained, set, buffer, manager);
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("energy_data", last == null ? Double.NaN : last.dataEnergy());
        figures.put("energy_model", last == null ? Double.NaN : last.modelEnergy());
        return figures;
    }

    @Override
    public Optional<String> trouble(long step, double gradientNorm) {
        return watch.see(step, last == null ? Double.NaN : last.gap(), gradientNorm);
    }

    @Override
    public Map<String, Map<String, NDArray>> parts() {
        return usesBuffer() ? Map.of(Checkpoint.BUFFER, buffer.state()) : Map.of();
    }

    private boolean usesBuffer() {
        return recipe.config().chainStart().keepsChains();
    }

    @Override
    public TrainingState complete(TrainingState state) {
        return state.withStability(watch.state());
    }

    @Override
    public void restore(Checkpoint checkpoint, NDManager arrays) throws IOException {
        if (usesBuffer()) {
            checkpoint.load(Checkpoint.BUFFER, arrays, buffer::load);
        }
        List<Double> remembered = checkpoint.state().stability();
        try {
            watch.load(remembered.stream().mapToDouble(Double::doubleValue).toArray());
        } catch (IllegalArgumentException e) {
            throw checkpoint.damaged(Checkpoint.textFile(Checkpoint.STATE), e);
        }
    }
}
