package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.base.Require;

/**
 * Langevin steps as energies of images are trained and sampled with:
 *
 * <pre>x &lt;- clamp(x - stepSize clip(grad E(x)) + noise z),   z ~ N(0, I)</pre>
 *
 * where each component of the gradient is limited to {@code [-gradientLimit, gradientLimit]} and each of x to
 * {@code [low, high]}. Langevin dynamics, whose points follow exp(-E), has {@code noise = sqrt(2 stepSize)} and no limits; with
 * less noise than that it is dynamics at the low temperature {@code noise^2 / (2 stepSize)}, more descent than sampling.
 *
 * <p>Source: Du and Mordatch, Implicit Generation and Modeling with Energy-Based Models (2019), section 3.1, with
 * {@code stepSize = lambda / 2}; Nijkamp et al., On the Anatomy of MCMC-Based Maximum Likelihood Learning of Energy-Based Models
 * (2020), on scales of their own for gradient and noise.
 *
 * @param stepSize of the gradient, positive
 * @param noise standard deviation of what is added, 0 or more
 * @param gradientLimit positive; infinite for none
 * @param low the least value of a component; minus infinity for no limit
 * @param high the largest; above low
 */
public record EnergyLangevin(double stepSize, double noise, double gradientLimit, double low, double high)
        implements Sampler {
    public EnergyLangevin {
        Require.positive("stepSize", stepSize);
        Require.notNegative("noise", noise);
        if (!(gradientLimit > 0)) {
            throw new IllegalArgumentException("gradientLimit must be positive, but is " + gradientLimit);
        }
        if (!(low < high)) {
            throw new IllegalArgumentException("low must be below high, but they are " + low + " and " + high);
        }
    }

    /** For images from -1 to 1: step size 10, noise 0.005, gradients within 0.03; with 60 steps of it a chain is short. */
    public static EnergyLangevin forImages() {
        return new EnergyLangevin(10, 0.005, 0.03, -1, 1);
    }

    /** Langevin dynamics without limits, the same as {@link Langevin} of this step size. */
    public static EnergyLangevin dynamics(double stepSize) {
        Require.positive("stepSize", stepSize);
        return new EnergyLangevin(
                stepSize,
                Math.sqrt(2 * stepSize),
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY);
    }

    @Override
    public NDArray step(NDArray x, Step step) {
        NDArray slope = limited(step.score(x, 0), -gradientLimit, gradientLimit);
        NDArray moved = x.add(slope.mul(stepSize));
        return limited(noise == 0 ? moved : moved.add(step.noise(x).mul(noise)), low, high);
    }

    private static NDArray limited(NDArray x, double from, double to) {
        return Double.isInfinite(from) && Double.isInfinite(to) ? x : x.clip(from, to);
    }
}
