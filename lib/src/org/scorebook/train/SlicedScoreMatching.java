package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.scorebook.score.Divergence;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

/**
 * Implicit score matching with the trace taken along one random direction a point:
 * {@code L = mean over the batch of e^T (df/dx) e + |f(x)|^2 / 2} with {@code e ~ N(0, I)}; the variance-reduced form. Its
 * mean is that of {@link ImplicitScoreMatching}, for one gradient whatever the dimension.
 *
 * <p>Source: Song et al., Sliced Score Matching (2019), eq. 8.
 */
public record SlicedScoreMatching() implements Objective<VectorField> {
    @Override
    public LossTerm<VectorField> prepare(VectorField model, NDArray data, Noise noise, RandomGenerator random) {
        return ImplicitScoreMatching.term(data, Divergence.gaussian(noise));
    }
}
