package org.scorebook.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import org.junit.jupiter.api.Test;

class TransitionTest {
    private static final DiscreteSchedule DDPM = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));

    @Test
    void singleStepsAreThoseOfDdpm() {
        for (int t : new int[] {2, 3, 10, 500, 1000}) {
            Transition transition = Transition.between(DDPM, t - 1, t);
            assertEquals(1, transition.addedVariance() / DDPM.beta(t), 1e-12);
            assertEquals(1, transition.posteriorVariance() / DDPM.posteriorVariance(t), 1e-12);
            assertEquals(1, transition.dataFactor() / DDPM.posteriorDataFactor(t), 1e-12);
            assertEquals(1, transition.stateFactor() / DDPM.posteriorStateFactor(t), 1e-12);
        }
    }

    @Test
    void theStepToCleanDataLeavesOnlyTheData() {
        assertEquals(new Transition(DDPM.beta(1), 1, 0, 0), Transition.between(DDPM, 0, 1));
    }

    /** Going from s to t and back: mean and variance of x_s given x_0 are alpha_s x_0 and sigma_s^2 again. */
    @Test
    void thereAndBackKeepsTheMarginal() {
        NoiseSchedule[] schedules = {
            new VpSchedule(), new SubVpSchedule(), new VeSchedule(0.01, 50), new EdmSchedule(80), new FlowSchedule()
        };
        for (NoiseSchedule schedule : schedules) {
            Transition back = Transition.between(schedule, 0.3, 0.8);
            double mean = back.dataFactor() + back.stateFactor() * schedule.alpha(0.8);
            double variance = back.posteriorVariance() + Math.pow(back.stateFactor() * schedule.sigma(0.8), 2);
            assertEquals(schedule.alpha(0.3), mean, 1e-12, schedule.toString());
            assertEquals(1, variance / Math.pow(schedule.sigma(0.3), 2), 1e-12, schedule.toString());
        }
    }

    @Test
    void fromPureNoise() {
        Transition transition = Transition.between(new FlowSchedule(), 0.5, 1);
        assertEquals(new Transition(1, 0.5, 0, 0.25), transition);
    }

    @Test
    void theOrderOfTimesIsChecked() {
        assertEquals("s must be below t, but they are 3.0 and 3.0", message(() -> Transition.between(DDPM, 3, 3)));
    }
}
