package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.scorebook.base.Require;

/**
 * Langevin steps at one noise level after another, from much noise, where all modes are in reach, to little. Level by level
 * the step size follows the noise: {@code h = ratio sigma(t)^2}. Each step of the run does all Langevin steps at
 * {@link Step#time}; the grid's times fall, and its last, for instance 0, is where the run ends, and no step is taken there.
 *
 * <p>Source: Song and Ermon (2019), algorithm 1, where {@code h = alpha_i / 2} and so {@code ratio = epsilon / (2 sigma_L^2)}.
 *
 * @param stepsPerLevel at least 1
 * @param ratio of the step size to the variance of the noise, positive
 */
public record AnnealedLangevin(int stepsPerLevel, double ratio) implements Sampler {
    public AnnealedLangevin {
        Require.atLeast("stepsPerLevel", stepsPerLevel, 1);
        Require.positive("ratio", ratio);
    }

    @Override
    public NDArray step(NDArray x, Step step) {
        Steps.falling(step);
        double sigma = step.schedule().sigma(step.time());
        NDManager manager = x.getManager();
        NDArray moved = x.duplicate();
        for (int i = 0; i < stepsPerLevel; i++) {
            try (NDManager arrays = manager.newSubManager()) { // one evaluation of an image network needs much memory
                moved.attach(arrays);
                moved = Langevin.move(moved, step, ratio * sigma * sigma, step.time());
                moved.attach(manager);
            }
            step.stopIfInterrupted();
        }
        return moved;
    }
}
