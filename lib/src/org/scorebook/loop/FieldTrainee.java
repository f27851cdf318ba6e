package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import org.scorebook.aten.AdamW;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.evaluate.FixedLoss;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralField;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.Descent;

/** A network that predicts noise, data or a score, trained by denoising score matching. */
final class FieldTrainee implements Trainee {
    private final RunConfig config;
    private final Recipe recipe;
    private final NeuralField network;
    private final NeuralField average;
    private final Descent descent;

    FieldTrainee(Recipe recipe, NeuralField network, NeuralField average, AdamW optimizer) {
        config = recipe.config();
        this.recipe = recipe;
        this.network = network;
        this.average = average;
        descent = new Descent(network, recipe.objective(), optimizer);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Network average() {
        return average;
    }

    @Override
    public double add(Batch batch, NDManager arrays, double share, RandomGenerator random) {
        return descent.add(batch.images(), labels(batch, arrays, random), share, random);
    }

    @Override
    public void skip() {
        descent.skip();
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

    @Override
    public double evaluate(ImageSet set, NDManager manager) {
        return FixedLoss.of(recipe).of(average, set, manager);
    }
}
