package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.process.NoiseSchedule;

/**
 * DPM-Solver++ (2M): the probability-flow ODE in {@code lambda = log(alpha / sigma)}, solved exactly but for the predicted
 * data, which is continued on a straight line through this step's and the last's:
 *
 * <pre>x_s = (sigma_s / sigma_t) x_t - alpha_s (exp(-h) - 1) D,   h = lambda_s - lambda_t
 * D = (1 + h / (2 h')) D_t - h / (2 h') D_before,   h' the step before</pre>
 *
 * The first step, and a step to sigma = 0, use {@code D = D_t}. Order 2 with one evaluation a step.
 *
 * <p>Source: Lu et al., DPM-Solver++ (2022), algorithm 2.
 */
public record DpmSolver() implements Sampler {
    @Override
    public NDArray step(NDArray x, Step step) {
        NoiseSchedule schedule = step.schedule();
        double sigmaRatio = schedule.sigma(step.next()) / Steps.sigma(step);
        double h = (schedule.logSnr(step.next()) - schedule.logSnr(step.time())) / 2;
        NDArray data = step.predict(x, step.time()).data();
        NDArray moved =
                x.mul(sigmaRatio).sub(extrapolated(data, step, h).mul(schedule.alpha(step.next()) * Math.expm1(-h)));
        step.keep(data);
        return moved;
    }

    private static NDArray extrapolated(NDArray data, Step step, double h) {
        if (step.first() || Double.isInfinite(h)) {
            return data;
        }
        double before = (step.schedule().logSnr(step.time()) - step.schedule().logSnr(step.previous())) / 2;
        double share = h / (2 * before);
        return data.mul(1 + share).sub(step.kept().mul(share));
    }
}
