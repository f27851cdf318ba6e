package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.scorebook.aten.AdamW;
import org.scorebook.base.Require;
import org.scorebook.model.NeuralField;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

/**
 * The work of a training step: the gradient of an objective on one batch or several, then a step of AdamW. Whatever is
 * random comes from its arguments or the engine, so that a step can be done again.
 */
public final class Descent {
    private final NeuralField field;
    private final Objective objective;
    private final AdamW optimizer;

    /** @param optimizer of the field's parameters */
    public Descent(NeuralField field, Objective objective, AdamW optimizer) {
        this.field = Require.given("field", field);
        this.objective = Require.given("objective", objective);
        this.optimizer = Require.given("optimizer", optimizer);
    }

    /**
     * Adds the gradient of {@code share} times the loss of a batch to what the parameters have.
     *
     * @param data of shape (B, ...)
     * @param labels int64, of shape (B); null for a field without classes
     * @param share 1 for a step of one batch, 1 / n for one of n batches
     * @return the loss, which may be NaN or infinite
     */
    public double add(NDArray data, NDArray labels, double share, RandomGenerator random) {
        LossTerm term = objective.prepare(data, Noise.engine(), random);
        VectorField network =
                labels == null ? field.training() : field.training().given(labels);
        return Gradients.add(share, () -> term.of(network));
    }

    /** Moves the parameters and clears the gradients; returns the gradients' norm before clipping. */
    public double step(double learningRate) {
        return optimizer.step(learningRate);
    }

    /** Forgets the gradients. */
    public void skip() {
        optimizer.clearGradients();
    }
}
