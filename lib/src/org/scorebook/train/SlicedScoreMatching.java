package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.scorebook.aten.Autograd;
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
        NDArray x = data.duplicate();
        x.setRequiresGradient(true);
        NDArray direction = noise.like(data);
        NDArray t = data.getManager().zeros(new Shape(1), data.getDataType());
        return field -> {
            NDArray score = field.at(x, t);
            NDArray slope = Autograd.gradient(score.mul(direction).sum(), x);
            NDArray trace = slope.mul(direction).sum(new int[] {1});
            return trace.add(Autograd.times(score.square().sum(new int[] {1}), 0.5))
                    .mean();
        };
    }
}
