package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scorebook.aten.AdamW;
import org.scorebook.aten.Functional;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.evaluate.EnergyGap;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.recipe.Recipe;
import org.scorebook.score.Noise;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.ContrastiveDivergence;
import org.scorebook.train.ContrastiveTerm;
import org.scorebook.train.EnergyDescent;
import org.scorebook.train.ReplayBuffer;
import org.scorebook.train.StabilityWatch;

/**
 * An energy, trained by contrastive divergence; one with classes also by the cross-entropy of its logits, as a joint
 * energy-based model (Grathwohl et al. 2020, eq. 8).
 */
final class EnergyTrainee implements Trainee {
    private static final String BUFFER = "buffer";
    private static final String STABILITY = "stability";
    private static final int AVERAGE_ITERATIONS = 10;

    private final Recipe recipe;
    private final NeuralEnergy network;
    private final NeuralEnergy average;
    private final ReplayBuffer buffer;
    private final ContrastiveDivergence objective;
    private final EnergyDescent descent;
    private final StabilityWatch watch = new StabilityWatch(StabilityWatch.Limits.standard());
    private double dataEnergy;
    private double modelEnergy;

    EnergyTrainee(Recipe recipe, NeuralEnergy network, NeuralEnergy average, AdamW optimizer, NDManager manager) {
        this.recipe = recipe;
        this.network = network;
        this.average = average;
        RunConfig config = recipe.config();
        buffer = new ReplayBuffer(
                manager,
                recipe.image(),
                config.bufferSize(),
                config.bufferRestarts(),
                ReplayBuffer.uniform(recipe.image(), -1, 1),
                new SplittableRandom(config.seed()));
        objective = recipe.contrastive(buffer);
        descent = new EnergyDescent(network, optimizer);
    }

    @Override
    public Network network() {
        return network;
    }

    /** Its power iterations start from the network's, so that they depend on nothing but the two networks. */
    @Override
    public Network average() {
        average.iteratePowerFrom(network, AVERAGE_ITERATIONS);
        return average;
    }

    @Override
    public double add(Batch batch, NDManager arrays, double share, RandomGenerator random) {
        network.iteratePower(1);
        try {
            ContrastiveTerm term = objective.prepare(network, batch.images(), Noise.engine(), random);
            double loss = descent.add(
                    energy -> network.classes() == 0
                            ? term.of(energy)
                            : term.of(energy).add(crossEntropy(term.positives(), batch, arrays)),
                    share);
            dataEnergy = term.dataEnergy();
            modelEnergy = term.modelEnergy();
            return loss;
        } catch (ArithmeticException e) { // a chain did not stay finite: for the training the same as an infinite loss
            dataEnergy = Double.NaN;
            modelEnergy = Double.NaN;
            return Double.NaN;
        }
    }

    private NDArray crossEntropy(NDArray images, Batch batch, NDManager arrays) {
        long[] labels = Arrays.stream(batch.labels()).asLongStream().toArray();
        return Functional.crossEntropy(network.logits(images), arrays.create(labels));
    }

    @Override
    public void skip() {
        descent.skip();
    }

    @Override
    public double evaluate(ImageSet set, NDManager manager) {
        return EnergyGap.of(recipe).between((NeuralEnergy) average(), set, buffer, manager);
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("energy_data", dataEnergy);
        figures.put("energy_model", modelEnergy);
        return figures;
    }

    @Override
    public Optional<String> trouble(long step, double gradientNorm) {
        return watch.see(step, dataEnergy - modelEnergy, gradientNorm);
    }

    @Override
    public Map<String, Map<String, NDArray>> parts() {
        return recipe.config().chainStart().keepsChains() ? Map.of(BUFFER, buffer.state()) : Map.of();
    }

    @Override
    public void write(JsonObject state) {
        JsonArray numbers = new JsonArray();
        Arrays.stream(watch.state()).forEach(numbers::add);
        state.add(STABILITY, numbers);
    }

    @Override
    public void restore(Checkpoint checkpoint, NDManager arrays) throws IOException {
        if (!parts().isEmpty()) {
            buffer.load(checkpoint.arrays(BUFFER, arrays));
        }
        watch.load(new Gson().fromJson(checkpoint.state().get(STABILITY), double[].class));
    }
}
