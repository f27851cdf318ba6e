package org.scorebook.process;

/**
 * The straight path from data to noise: {@code alpha = 1 - t}, {@code sigma = t} for t from 0 to 1, so that x_t moves with the
 * constant velocity {@code eps - x_0}. At t = 1 no data is left: alpha is 0.
 *
 * <p>Source: Liu, Gong, Liu, Flow Straight and Fast (2023), eq. 1; Lipman et al., Flow Matching for Generative Modeling
 * (2023), example II; both with time the other way round.
 */
public record FlowSchedule() implements NoiseSchedule {
    @Override
    public double endTime() {
        return 1;
    }

    @Override
    public double alpha(double t) {
        Checks.time(t, 1);
        return 1 - t;
    }

    @Override
    public double sigma(double t) {
        Checks.time(t, 1);
        return t;
    }
}
