package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.base.Require;
import org.scorebook.process.Transition;
import org.scorebook.score.Prediction;

/**
 * Ancestral sampling: draws x_s from the Gaussian {@code q(x_s | x_t, x_0)} with the predicted x_0. Over single steps of a
 * discrete schedule this is DDPM's sampler; it takes longer steps and continuous time too. No noise is added in a step to a
 * time without noise.
 *
 * <p>Source: Ho, Jain, Abbeel (2020), algorithm 2 and section 3.2; Kingma et al. (2021), eq. 34.
 *
 * @param variance of the noise that a step adds
 */
public record Ddpm(Variance variance) implements Sampler {
    /** The two choices of DDPM. */
    public enum Variance {
        /** The variance of {@code q(x_s | x_t, x_0)}, exact when the data is a single point. */
        SMALL,
        /** The variance that the forward step adds, exact when the data is N(0, I). */
        LARGE
    }

    public Ddpm {
        Require.given("variance", variance);
    }

    /** With the small variance. */
    public Ddpm() {
        this(Variance.SMALL);
    }

    @Override
    public NDArray step(NDArray x, Step step) {
        Transition transition = Transition.between(step.schedule(), step.next(), step.time());
        Prediction prediction = step.predict(x, step.time());
        NDArray mean = prediction.data().mul(transition.dataFactor()).add(x.mul(transition.stateFactor()));
        if (step.schedule().sigma(step.next()) == 0) {
            return mean;
        }
        double added = variance == Variance.SMALL ? transition.posteriorVariance() : transition.addedVariance();
        return mean.add(step.noise(x).mul(Math.sqrt(added)));
    }
}
