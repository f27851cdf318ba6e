package org.scorebook.loop;

import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.evaluate.FixedLoss;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralField;
import org.scorebook.recipe.Recipe;
import org.scorebook.score.ConditionalField;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;
import org.scorebook.train.Objective;
import org.scorebook.train.OneCall;

/** Denoising score matching, for a network that predicts noise, data or a score. */
final class FieldLoss implements BatchLoss {
    private final Recipe recipe;
    private final ConditionalField network;
    private final Objective<VectorField> objective;

    FieldLoss(Recipe recipe, NeuralField network) {
        this.recipe = recipe;
        this.network = network.training();
        objective = recipe.objective();
    }

    @Override
    public double backward(Batch batch, NDManager arrays, double share, RandomGenerator random) {
        VectorField model = model(batch, random);
        return objective.prepare(model, batch.images(), Noise.engine(), random).backward(model, share);
    }

    @Override
    public OneCall.Deferred deferred(Batch batch, NDManager arrays, RandomGenerator random) {
        VectorField model = model(batch, random);
        Objective.Begun<VectorField> begun = objective.begin(model, batch.images(), Noise.engine(), random);
        return known -> begun.term(known).of(model);
    }

    @Override
    public boolean canRunAhead() {
        return true;
    }

    private VectorField model(Batch batch, RandomGenerator random) {
        if (network.classes() == 0) {
            return network;
        }
        long[] labels = labels(batch.labels(), random);
        return (x, t) -> network.at(x, t, x.getManager().create(labels)); // where x is traced, numbers of its call
    }

    /** The labels of a batch, some of them left out, so that the network also learns to do without. */
    private long[] labels(int[] all, RandomGenerator random) {
        long[] labels = new long[all.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextDouble() < recipe.config().pUncond() ? network.classes() : all[i];
        }
        return labels;
    }

    @Override
    public double evaluate(Network trained, ImageSet set, NDManager manager) {
        return FixedLoss.of(recipe).of((NeuralField) trained, set, manager);
    }
}
