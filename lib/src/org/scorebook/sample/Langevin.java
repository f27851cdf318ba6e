package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.base.Require;
import org.scorebook.process.TimeGrid;

/**
 * Unadjusted Langevin dynamics at one noise level: {@code x <- x + h s(x, level) + sqrt(2 h) z} with {@code z ~ N(0, I)}. For
 * small h and many steps the points follow the density whose score is s, up to a bias of order h. The grid only counts the
 * steps: {@link TimeGrid#counting}.
 *
 * <p>Source: Song and Ermon (2019), eq. 4, with {@code h = epsilon / 2}; Roberts and Tweedie, Exponential Convergence of
 * Langevin Distributions (1996).
 *
 * @param stepSize h, positive
 * @param level the time given to the score, for instance 0 for a density that does not change
 */
public record Langevin(double stepSize, double level) implements Sampler {
    public Langevin {
        Require.positive("stepSize", stepSize);
        Require.notNegative("level", level);
    }

    /** At level 0. */
    public Langevin(double stepSize) {
        this(stepSize, 0);
    }

    @Override
    public NDArray step(NDArray x, Step step) {
        return move(x, step, stepSize, level);
    }

    /** One step of size h at a level, for the methods that have Langevin steps inside. */
    static NDArray move(NDArray x, Step step, double h, double level) {
        return x.add(step.score(x, level).mul(h)).add(step.noise(x).mul(Math.sqrt(2 * h)));
    }
}
