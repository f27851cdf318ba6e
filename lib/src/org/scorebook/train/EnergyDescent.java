package org.scorebook.train;

import org.scorebook.aten.AdamW;
import org.scorebook.base.Require;
import org.scorebook.score.EnergyFunction;

/**
 * The work of a training step of an energy: the gradient of one loss or several, then a step of AdamW.
 *
 * <pre>{@code
 * EnergyTerm term = objective.prepare(energy, data, Noise.engine(), random);
 * double loss = descent.add(term, 1);
 * descent.step(learningRate);
 * }</pre>
 */
public final class EnergyDescent {
    private final EnergyFunction energy;
    private final AdamW optimizer;

    /** @param optimizer of the energy's parameters */
    public EnergyDescent(EnergyFunction energy, AdamW optimizer) {
        this.energy = Require.given("energy", energy);
        this.optimizer = Require.given("optimizer", optimizer);
    }

    /**
     * Adds the gradient of {@code share} times the loss of a batch to what the parameters have.
     *
     * @param term prepared for this energy
     * @param share 1 for a step of one batch, 1 / n for one of n batches
     * @return the loss, which may be NaN or infinite
     */
    public double add(EnergyTerm term, double share) {
        return Gradients.add(share, () -> term.of(energy));
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
