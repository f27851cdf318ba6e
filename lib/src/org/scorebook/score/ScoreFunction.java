package org.scorebook.score;

import ai.djl.ndarray.NDArray;

/**
 * The score of a density at each time, {@code s(x, t) = grad_x log p_t(x)}: where to go, and how steeply, for higher density.
 *
 * <p>Source: Hyvärinen, Estimation of Non-Normalized Statistical Models by Score Matching (2005), section 2; Song and Ermon,
 * Generative Modeling by Estimating Gradients of the Data Distribution (2019).
 */
@FunctionalInterface
public interface ScoreFunction {
    /**
     * @param x points, the first dimension counts them
     * @param t their time; a density that does not change with time ignores it
     * @return of the shape of x
     */
    NDArray score(NDArray x, double t);
}
