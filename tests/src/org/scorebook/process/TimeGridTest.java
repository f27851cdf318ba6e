package org.scorebook.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeGridTest {
    @Test
    void uniform() {
        assertArrayEquals(
                new double[] {1, 0.75025, 0.5005, 0.25075, 1e-3},
                TimeGrid.uniform(1, 1e-3, 4).times(),
                1e-15);
    }

    /** Spacing in sigma^(1/rho) is even, and both ends are exact. */
    @Test
    void karras() {
        TimeGrid grid = TimeGrid.karras(0.002, 80, 7, 17);
        assertEquals(17, grid.steps());
        assertEquals(80, grid.time(0));
        assertEquals(0.002, grid.time(17));
        double step = (Math.pow(80, 1 / 7.0) - Math.pow(0.002, 1 / 7.0)) / 17;
        for (int i = 0; i < 17; i++) {
            assertEquals(step, Math.pow(grid.time(i), 1 / 7.0) - Math.pow(grid.time(i + 1), 1 / 7.0), 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10, 50, 333, 999, 1000})
    void stridedTakesWholeTimesFromTheEndToZero(int steps) {
        TimeGrid grid = TimeGrid.strided(1000, steps);
        assertEquals(1000, grid.time(0));
        assertEquals(0, grid.time(steps));
        for (int i = 0; i < steps; i++) {
            double width = grid.time(i) - grid.time(i + 1);
            assertEquals(Math.rint(grid.time(i)), grid.time(i));
            assertTrue(Math.abs(width - 1000.0 / steps) <= 1, "width " + width);
        }
    }

    /** Evenly spaced seventh roots of sigma / alpha, where whole times allow; on a cosine schedule sigma / alpha ends at 20,000. */
    @Test
    void karrasOfADiscreteSchedule() {
        DiscreteSchedule schedule = new DiscreteSchedule(new CosineBetas(1000));
        TimeGrid grid = TimeGrid.karras(schedule, 12);
        assertEquals(12, grid.steps());
        assertEquals(1, grid.time(11));
        assertEquals(0, grid.time(12));
        double first = schedule.sigma(grid.time(0)) / schedule.alpha(grid.time(0));
        assertEquals(80, first, 10);
        double low = Math.pow(schedule.sigma(1) / schedule.alpha(1), 1.0 / 7);
        double high = Math.pow(80, 1.0 / 7);
        for (int i = 0; i < 8; i++) {
            double t = grid.time(i);
            assertEquals(Math.rint(t), t);
            double root = Math.pow(schedule.sigma(t) / schedule.alpha(t), 1.0 / 7);
            assertEquals(high + (low - high) * i / 11, root, 0.02);
        }
        double[] all = TimeGrid.karras(schedule, 1000).times();
        assertEquals(1000, all[0]);
        assertEquals(1001, all.length);
    }

    @Test
    void risingTimesAndBackAgain() {
        assertArrayEquals(new double[] {0, 1, 2, 3}, TimeGrid.counting(3).times());
        assertArrayEquals(
                TimeGrid.uniform(1, 0, 4).times(),
                TimeGrid.uniform(0, 1, 4).reversed().times());
    }

    @Test
    void evenlySpacedInLogSnr() {
        VpSchedule schedule = new VpSchedule();
        TimeGrid grid = TimeGrid.logSnr(schedule, 1, 1e-3, 11);
        assertEquals(0, grid.time(11));
        double step = (schedule.logSnr(1e-3) - schedule.logSnr(1)) / 10;
        for (int i = 0; i < 10; i++) {
            assertEquals(step, schedule.logSnr(grid.time(i + 1)) - schedule.logSnr(grid.time(i)), 1e-6);
        }
    }

    /** With whole times the next one with at most the wanted ratio is taken. */
    @Test
    void logSnrOfADiscreteScheduleTakesWholeTimes() {
        DiscreteSchedule schedule = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));
        TimeGrid grid = TimeGrid.logSnr(schedule, 1000, 1, 10);
        double step = (schedule.logSnr(1) - schedule.logSnr(1000)) / 9;
        for (int i = 1; i < 9; i++) {
            double wanted = schedule.logSnr(1000) + i * step;
            assertTrue(schedule.logSnr(grid.time(i)) <= wanted);
            assertTrue(schedule.logSnr(grid.time(i) - 1) > wanted);
        }
        assertEquals(
                "steps must leave the whole times of a discrete schedule distinct, but is 300: take fewer, or a later time"
                        + " than 1.0 before the last",
                message(() -> TimeGrid.logSnr(schedule, 1000, 1, 300)));
        assertEquals(
                "to must be positive and finite, but is 0.0",
                message(() -> TimeGrid.logSnr(new VeSchedule(0.01, 10), 1, 0, 5)));
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("steps must be at least 1, but is 0", message(() -> TimeGrid.uniform(1, 0, 0)));
        assertEquals("totalSteps must be at least 20, but is 10", message(() -> TimeGrid.strided(10, 20)));
        assertEquals(
                "times must fall strictly or rise strictly, and be 0 or more, but are [1.0, 2.0, 2.0]",
                message(() -> TimeGrid.of(1, 2, 2)));
        assertTrue(message(() -> TimeGrid.of(1, 2, 1)).startsWith("times must fall"));
        assertTrue(message(() -> TimeGrid.of(1, 1)).startsWith("times must fall"));
        assertEquals("number of times must be at least 2, but is 1", message(() -> TimeGrid.of(1)));
        assertEquals(
                "times must fall strictly or rise strictly, and be 0 or more, but number 1 of 1001 is 1.0 after 1.0",
                message(() -> TimeGrid.uniform(1, 1, 1000)));
        assertTrue(message(() -> TimeGrid.uniform(1, -0.5, 2)).startsWith("times must fall"));
        assertTrue(message(() -> TimeGrid.of(1, Double.NaN)).startsWith("times must fall"));
        assertEquals("rho must be positive and finite, but is 0.0", message(() -> TimeGrid.karras(0.1, 1, 0, 3)));
    }

    /** Where no data or no noise is left there is no ratio to space times by. */
    @Test
    void infiniteRatiosAreNamed() {
        assertEquals(
                "from must be a time with alpha and sigma above 0, where the logarithm of their ratio is finite, but at 1.0"
                        + " they are 0.0 and 1.0",
                message(() -> TimeGrid.logSnr(new FlowSchedule(), 1, 0.01, 10)));
        assertEquals(
                "to must be a time with alpha and sigma above 0, where the logarithm of their ratio is finite, but at 0.0"
                        + " they are 1.0 and 0.0",
                message(() -> TimeGrid.logSnr(new VpSchedule(), 1, 0, 10)));
        assertEquals(
                "from must be above to, but they are 0.01 and 1.0",
                message(() -> TimeGrid.logSnr(new VpSchedule(), 0.01, 1, 10)));
    }

    /** The times of diffusers' "trailing" spacing, {@code round(arange(T, 0, -T / n)) - 1}, which count from 0. */
    @Test
    void stridedTimesAreTheTrailingOnes() {
        for (int steps : new int[] {1, 7, 10, 50, 333}) {
            TimeGrid grid = TimeGrid.strided(1000, steps);
            for (int i = 0; i < steps; i++) {
                assertEquals(Math.rint(1000 - i * (1000.0 / steps)) - 1, grid.time(i) - 1);
            }
            assertEquals(0, grid.time(steps));
        }
    }

    @Test
    void timesAreACopy() {
        TimeGrid grid = TimeGrid.of(2, 1);
        grid.times()[0] = 99;
        assertEquals(2, grid.time(0));
    }
}
