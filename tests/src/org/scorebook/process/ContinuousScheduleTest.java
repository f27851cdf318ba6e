package org.scorebook.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every continuous schedule, then each one's closed form. */
class ContinuousScheduleTest {
    static Stream<ContinuousSchedule> all() {
        return Stream.of(new VpSchedule(), new SubVpSchedule(), new VeSchedule(0.01, 50), new EdmSchedule(80));
    }

    @ParameterizedTest
    @MethodSource("all")
    void driftIsTheLogarithmicDerivativeOfAlpha(ContinuousSchedule schedule) {
        forEachTime(schedule, t -> {
            double slope = derivative(u -> Math.log(schedule.alpha(u)), t);
            assertEquals(slope, schedule.drift(t), 1e-6 * (1 + Math.abs(slope)), schedule + " at " + t);
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void diffusionMakesTheVariance(ContinuousSchedule schedule) {
        forEachTime(schedule, t -> {
            double variance = Math.pow(schedule.sigma(t), 2);
            double slope = derivative(u -> Math.pow(schedule.sigma(u), 2), t);
            double expected = slope - 2 * schedule.drift(t) * variance;
            assertEquals(
                    expected, Math.pow(schedule.diffusion(t), 2), 1e-6 * (1 + Math.abs(slope)), schedule + " at " + t);
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void noiseGrowsAndDataDoesNot(ContinuousSchedule schedule) {
        double end = schedule.endTime();
        for (int i = 0; i < 200; i++) {
            assertTrue(schedule.alpha(end * (i + 1) / 200) <= schedule.alpha(end * i / 200));
            assertTrue(schedule.sigma(end * (i + 1) / 200) > schedule.sigma(end * i / 200));
            assertTrue(schedule.logSnr(end * (i + 1) / 200) < schedule.logSnr(end * i / 200));
        }
        assertEquals(1, schedule.alpha(0));
    }

    @ParameterizedTest
    @MethodSource("all")
    void timesOutsideAreRefused(ContinuousSchedule schedule) {
        double end = schedule.endTime();
        for (double t : new double[] {-1e-9, end * 1.001, Double.NaN}) {
            String expected = "t must be from 0 to " + end + ", but is " + t;
            assertEquals(expected, message(() -> schedule.alpha(t)));
            assertEquals(expected, message(() -> schedule.sigma(t)));
            assertEquals(expected, message(() -> schedule.drift(t)));
            assertEquals(expected, message(() -> schedule.diffusion(t)));
        }
    }

    @Test
    void closedForms() {
        VpSchedule vp = new VpSchedule(0.1, 20);
        double integral = 0.1 * 0.6 + 19.9 * 0.36 / 2;
        assertEquals(Math.exp(-integral / 2), vp.alpha(0.6), 1e-12);
        assertEquals(Math.sqrt(1 - Math.exp(-integral)), vp.sigma(0.6), 1e-12);
        assertEquals(1 - Math.exp(-integral), new SubVpSchedule(vp).sigma(0.6), 1e-12);
        assertEquals(0.01 * Math.pow(5000, 0.6), new VeSchedule(0.01, 50).sigma(0.6), 1e-12);
        assertEquals(48, new EdmSchedule(80).sigma(48));
    }

    /** At t = 1e-9, 1 - exp(-B) has lost seven of its digits; sigma must have all of them. */
    @Test
    void sigmaIsPreciseNearTheData() {
        double b = 1e-9 * (0.1 + 19.9 * 1e-9 / 2);
        double expected = Math.sqrt(b - b * b / 2 + b * b * b / 6);
        assertEquals(1, new VpSchedule().sigma(1e-9) / expected, 1e-12);
    }

    @Test
    void discreteLinearBetasApproachTheContinuousProcess() {
        int steps = 100_000;
        DiscreteSchedule discrete = new DiscreteSchedule(new LinearBetas(steps, 0.1 / steps, 20.0 / steps));
        for (double t : new double[] {0.1, 0.5, 1}) {
            assertEquals(new VpSchedule().alpha(t), discrete.alpha(Math.rint(t * steps)), 1e-3);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "betaMin must be below betaMax, but they are 20.0 and 0.1", message(() -> new VpSchedule(20, 0.1)));
        assertEquals("sigmaMin must be positive and finite, but is 0.0", message(() -> new VeSchedule(0, 1)));
        assertEquals(
                "sigmaMax must be positive and finite, but is Infinity",
                message(() -> new EdmSchedule(Double.POSITIVE_INFINITY)));
    }

    private static void forEachTime(ContinuousSchedule schedule, java.util.function.DoubleConsumer check) {
        for (double part : new double[] {0.02, 0.1, 0.3, 0.5, 0.8, 0.97}) {
            check.accept(part * schedule.endTime());
        }
    }

    private static double derivative(DoubleUnaryOperator f, double t) {
        double h = 1e-5 * t;
        return (f.applyAsDouble(t + h) - f.applyAsDouble(t - h)) / (2 * h);
    }
}
