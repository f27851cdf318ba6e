package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;
import org.scorebook.aten.Convolution;
import org.scorebook.score.Divergence;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

/**
 * Score matching without the true score: {@code L = mean over the batch of tr(df/dx) + |f(x)|^2 / 2}, which differs from half
 * the explicit loss, summed over the D coordinates of a point, by a constant. At the score of N(mu, s^2 I) it is {@code -D / (2 s^2)}.
 * Costs D gradients of the network, which are differentiated once more in training.
 *
 * <p>Source: Hyvärinen (2005), theorem 1, eq. 4.
 */
public record ImplicitScoreMatching() implements Objective<VectorField> {
    @Override
    public LossTerm<VectorField> prepare(VectorField model, NDArray data, Noise noise, RandomGenerator random) {
        return term(data, Divergence.exact());
    }

    /** The loss at data of shape (B, ...), with the trace by the given divergence, whose directions are drawn here. */
    static LossTerm<VectorField> term(NDArray data, Divergence divergence) {
        NDArray x =
                ArrayChecks.points("data", ArrayChecks.floating("data", data)).duplicate();
        x.setRequiresGradient(true);
        NDArray t = data.getManager().zeros(new Shape(1), data.getDataType());
        Divergence.Trace trace = divergence.along(data);
        return field -> {
            NDArray values = Convolution.twiceDifferentiable(() -> field.at(x, t));
            NDArray score = ArrayChecks.sameShape("the field's values", values, x);
            NDArray squares = score.square().reshape(data.getShape().get(0), -1).sum(new int[] {1});
            return trace.of(score, x).add(Autograd.times(squares, 0.5)).mean();
        };
    }
}
