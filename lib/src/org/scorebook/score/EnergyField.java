package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;
import org.scorebook.aten.Convolution;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/**
 * The score of an energy, {@code -grad E(x)}, as a field that is trained: while a gradient collector is open autograd records
 * the gradient too, so that a loss of it can be differentiated by the parameters behind the energy. Every loss of scores then
 * trains an energy, at the price of second derivatives. Otherwise plain numbers.
 *
 * <p>Source: Vincent (2011), eq. 9; Song and Kingma, How to Train Your Energy-Based Models (2021), section 3.
 *
 * @param energy with second derivatives, so not one of piecewise linear layers; the same at all times
 */
public record EnergyField(EnergyFunction energy) implements VectorField {
    public EnergyField {
        Require.given("energy", energy);
    }

    @Override
    public NDArray at(NDArray x, NDArray t) {
        if (!Torch.isTracking()) {
            return energy.gradient(x).neg();
        }
        NDArray points = Autograd.isTracked(x) ? x : leaf(x);
        NDArray values = Convolution.twiceDifferentiable(() -> energy.energy(points));
        NDArray energies = ArrayChecks.onePerPoint("energy", values, points);
        return Autograd.gradient(energies.sum(), points).neg();
    }

    private static NDArray leaf(NDArray x) {
        NDArray leaf = x.duplicate();
        leaf.setRequiresGradient(true);
        return leaf;
    }
}
