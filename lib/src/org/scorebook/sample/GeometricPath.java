package org.scorebook.sample;

import static org.scorebook.aten.Autograd.times;

import ai.djl.ndarray.NDArray;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.score.EnergyFunction;

/**
 * An energy on the way from N(0, s^2 I) to another one, {@code (1 - beta) |x|^2 / (2 s^2) + beta E(x)}.
 *
 * <p>Source: Neal, Annealed Importance Sampling (2001), eq. 3.
 */
record GeometricPath(EnergyFunction energy, double beta, double deviation) implements EnergyFunction {
    /** {@code |x|^2 / (2 s^2)} for each point. */
    static NDArray bowl(NDArray x, double deviation) {
        NDArray squares = x.reshape(x.getShape().get(0), -1).square().sum(new int[] {1});
        return times(squares, 0.5 / (deviation * deviation));
    }

    @Override
    public NDArray energy(NDArray x) {
        NDArray end = ArrayChecks.onePerPoint("energy", energy.energy(x), x);
        return times(bowl(x, deviation), 1 - beta).add(times(end, beta));
    }

    @Override
    public NDArray gradient(NDArray x) {
        return times(x, (1 - beta) / (deviation * deviation)).add(times(energy.gradient(x), beta));
    }
}
