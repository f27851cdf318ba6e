package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;

/**
 * A density up to its normalizing constant: {@code p(x) = exp(-E(x)) / Z} with {@code Z} the integral of {@code exp(-E)}. Its
 * score needs no Z, {@code grad log p(x) = -grad E(x)}, and does not change with time.
 *
 * <p>Source: LeCun et al., A Tutorial on Energy-Based Learning (2006), eq. 2 with beta = 1; Song and Kingma, How to Train Your
 * Energy-Based Models (2021), eqs. 1 and 2.
 */
@FunctionalInterface
public interface EnergyFunction extends ScoreFunction {
    /**
     * E of each point, which depends on no other point.
     *
     * @param x points of shape (B, ...)
     * @return of shape (B)
     */
    NDArray energy(NDArray x);

    /**
     * {@code grad E} at each point, as plain numbers: autograd's, with respect to x only, so that parameters behind the energy
     * keep whatever gradients they have.
     *
     * @param x float32 or float64
     * @return of the shape of x
     * @throws IllegalArgumentException if x has whole numbers, or the energy another shape than (B)
     */
    default NDArray gradient(NDArray x) {
        return Autograd.gradientAt(points -> ArrayChecks.onePerPoint("energy", energy(points), points), x);
    }

    @Override
    default NDArray score(NDArray x, double t) {
        return gradient(x).neg();
    }
}
