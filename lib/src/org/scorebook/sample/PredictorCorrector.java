package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.base.Require;

/**
 * A step of another method, the predictor, and then Langevin steps at the new time, the corrector, which pull the points
 * towards that time's density. The corrector's step size follows the norms of noise and score, averaged over the batch:
 * {@code h = (snr ||z|| / ||s||)^2}. There is no correction at a time without noise.
 *
 * <p>Source: Song et al. (2021), algorithms 2 to 5 and appendix G, whose epsilon is 2 h, here without its factor alpha.
 *
 * @param predictor for instance {@link ReverseSde}
 * @param corrections Langevin steps after each step of the predictor, at least 1
 * @param snr the ratio of the two norms, positive; the paper's 0.16 for images is 0.16 sqrt(2) = 0.226 here
 */
public record PredictorCorrector(Sampler predictor, int corrections, double snr) implements Sampler {
    public PredictorCorrector {
        Require.given("predictor", predictor);
        Require.atLeast("corrections", corrections, 1);
        Require.positive("snr", snr);
    }

    @Override
    public NDArray step(NDArray x, Step step) {
        NDArray moved = predictor.step(x, step);
        if (step.schedule().sigma(step.next()) == 0) {
            return moved;
        }
        for (int i = 0; i < corrections; i++) {
            NDArray score = step.score(moved, step.next());
            NDArray z = step.noise(moved);
            NDArray root = meanNorm(z).div(meanNorm(score)).mul(snr);
            moved = moved.add(score.mul(root.square())).add(z.mul(root.mul(Math.sqrt(2))));
        }
        return moved;
    }

    private static NDArray meanNorm(NDArray x) {
        return x.reshape(x.getShape().get(0), -1)
                .square()
                .sum(new int[] {1})
                .sqrt()
                .mean();
    }
}
