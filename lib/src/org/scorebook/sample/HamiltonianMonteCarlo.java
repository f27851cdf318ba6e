package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.scorebook.base.Require;
import org.scorebook.process.TimeGrid;

/**
 * Hamiltonian Monte Carlo: each point gets a momentum {@code p ~ N(0, I)}, follows {@link Leapfrog} down and up the energy, and
 * stays where it was unless
 *
 * <pre>u &lt; exp(H(q, p) - H(q', p')),   H(q, p) = E(q) + |p|^2 / 2,   u uniform from 0 to 1</pre>
 *
 * For any step size exp(-E) stays what it is under these moves, without bias; {@link Samples#acceptance} tells whether the step
 * size is good, at about 0.65 to 0.9. With one leapfrog it is Langevin dynamics of step size {@code stepSize^2 / 2} corrected by
 * Metropolis' rule. A move that leads to a value that is not finite is refused. The model must be an
 * {@link org.scorebook.score.EnergyFunction}, and the grid only counts the moves: {@link TimeGrid#counting}.
 *
 * <p>Source: Neal (2011), section 5.3.2 and, for Langevin, section 5.5.2; Duane et al., Hybrid Monte Carlo (1987).
 *
 * @param stepSize of the leapfrog steps, positive
 * @param leapfrogs steps in a move, at least 1
 */
public record HamiltonianMonteCarlo(double stepSize, int leapfrogs) implements Sampler {
    public HamiltonianMonteCarlo {
        Require.positive("stepSize", stepSize);
        Require.atLeast("leapfrogs", leapfrogs, 1);
    }

    @Override
    public NDArray step(NDArray x, Step step) {
        Leapfrog.State start = new Leapfrog.State(x, step.noise(x));
        Leapfrog.State end = Leapfrog.run(q -> step.score(q, 0), start, stepSize, leapfrogs);
        NDArray rise = hamiltonian(end, step).sub(hamiltonian(start, step));
        NDArray accepted = minusLogUniform(rise, step).gt(rise); // false where the rise is NaN
        step.accepted(accepted.toType(DataType.FLOAT64, false).mean().getDouble());
        return NDArrays.where(accepted.reshape(column(x)).broadcast(x.getShape()), end.q(), x);
    }

    private static NDArray hamiltonian(Leapfrog.State state, Step step) {
        NDArray p = state.p();
        NDArray kinetic =
                p.reshape(p.getShape().get(0), -1).square().sum(new int[] {1}).mul(0.5);
        return step.energy(state.q()).add(kinetic);
    }

    /** {@code -log u}: half the square of the length of a normal vector in the plane (Box and Muller, 1958). */
    private static NDArray minusLogUniform(NDArray like, Step step) {
        return step.noise(like).square().add(step.noise(like).square()).mul(0.5);
    }

    private static Shape column(NDArray x) {
        long[] shape = new long[x.getShape().dimension()];
        Arrays.fill(shape, 1);
        shape[0] = x.getShape().get(0);
        return new Shape(shape);
    }
}
