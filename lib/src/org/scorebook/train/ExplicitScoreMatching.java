package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

/**
 * Regression on a known score, {@code L = mean over batch and elements of (f(x) - grad log p(x))^2}: possible where the
 * density is known, and the yardstick for the losses that do without it.
 *
 * <p>Source: Hyvärinen (2005), eq. 2, up to the factor 1/2.
 *
 * @param score the true score
 */
public record ExplicitScoreMatching(VectorField score) implements Objective {
    @Override
    public LossTerm prepare(NDArray data, Noise noise, RandomGenerator random) {
        NDArray t = data.getManager().zeros(new Shape(1), data.getDataType());
        NDArray target = score.at(data, t);
        return field -> field.at(data, t).sub(target).square().mean();
    }
}
