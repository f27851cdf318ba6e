package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.aten.Autograd;
import org.scorebook.process.ContinuousSchedule;

/** The right-hand side of the probability-flow ODE. */
final class ProbabilityFlow {
    private ProbabilityFlow() {}

    /** {@code f(t) x - g(t)^2 s(x, t) / 2}; one evaluation. */
    static NDArray velocity(Step step, NDArray x, double t) {
        return velocity(step.process(), x, step.score(x, t), t);
    }

    static NDArray velocity(ContinuousSchedule process, NDArray x, NDArray score, double t) {
        double g = process.diffusion(t);
        return Autograd.times(x, process.drift(t)).sub(Autograd.times(score, g * g / 2));
    }
}
