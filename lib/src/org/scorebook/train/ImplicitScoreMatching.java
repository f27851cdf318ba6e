package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.scorebook.aten.Autograd;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

/**
 * Score matching without the true score: {@code L = mean over the batch of tr(df/dx) + |f(x)|^2 / 2}, which differs from half
 * the explicit loss, summed over the D coordinates, by a constant. At the score of N(mu, s^2 I) it is {@code -D / (2 s^2)}.
 * Costs D gradients of the network, which are differentiated once more in training.
 *
 * <p>Source: Hyvärinen (2005), theorem 1, eq. 4.
 */
public record ImplicitScoreMatching() implements Objective<VectorField> {
    @Override
    public LossTerm<VectorField> prepare(VectorField model, NDArray data, Noise noise, RandomGenerator random) {
        NDArray x = data.duplicate();
        x.setRequiresGradient(true);
        NDArray t = data.getManager().zeros(new Shape(1), data.getDataType());
        return field -> {
            NDArray score = field.at(x, t);
            NDArray loss = Autograd.times(score.square().sum(new int[] {1}), 0.5);
            for (long i = 0; i < x.getShape().get(1); i++) {
                NDIndex column = new NDIndex(":, " + i);
                loss = loss.add(Autograd.gradient(score.get(column).sum(), x).get(column));
            }
            return loss.mean();
        };
    }
}
