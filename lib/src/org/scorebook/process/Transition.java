package org.scorebook.process;

import org.scorebook.base.Require;

/**
 * What lies between two times s below t of one process, for any schedule: the Gaussian that leads forward,
 * {@code q(x_t | x_s) = N((alpha_t / alpha_s) x_s, addedVariance I)}, and the one that leads back when x_0 is known,
 * {@code q(x_s | x_t, x_0) = N(dataFactor x_0 + stateFactor x_t, posteriorVariance I)}.
 *
 * <p>Source: Kingma et al., Variational Diffusion Models (2021), appendix A, eqs. 24 to 27; with {@code s = t - 1} it is
 * Ho, Jain, Abbeel (2020), eqs. 2, 6 and 7.
 *
 * @param addedVariance {@code sigma_t^2 - (alpha_t / alpha_s)^2 sigma_s^2}
 * @param dataFactor {@code alpha_s addedVariance / sigma_t^2}
 * @param stateFactor {@code (alpha_t / alpha_s) sigma_s^2 / sigma_t^2}
 * @param posteriorVariance {@code addedVariance sigma_s^2 / sigma_t^2}, 0 where sigma_s is 0
 */
public record Transition(double addedVariance, double dataFactor, double stateFactor, double posteriorVariance) {
    /**
     * @param s the earlier time, with less noise
     * @param t the later time
     * @throws IllegalArgumentException if s is not below t, or a time is outside the schedule
     */
    public static Transition between(NoiseSchedule schedule, double s, double t) {
        Require.given("schedule", schedule);
        if (!(s < t)) {
            throw new IllegalArgumentException("s must be below t, but they are " + s + " and " + t);
        }
        // the share of sigma_t^2 that is new; as a difference of variances it would lose digits between close times
        double share = -Math.expm1(schedule.logSnr(t) - schedule.logSnr(s));
        double ratio = schedule.alpha(t) / schedule.alpha(s);
        double sigmaS = schedule.sigma(s);
        double sigmaT = schedule.sigma(t);
        double noiseRatio = sigmaS / sigmaT;
        return new Transition(
                sigmaT * sigmaT * share,
                schedule.alpha(s) * share,
                ratio * noiseRatio * noiseRatio,
                share * sigmaS * sigmaS);
    }
}
