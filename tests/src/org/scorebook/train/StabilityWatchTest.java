package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import com.google.gson.Gson;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StabilityWatchTest {
    private final StabilityWatch watch = new StabilityWatch(StabilityWatch.Limits.standard());
    private final SplittableRandom random = new SplittableRandom(1);

    private Optional<String> calm(StabilityWatch seeing, int steps) {
        Optional<String> last = Optional.empty();
        for (int i = 0; i < steps && last.isEmpty(); i++) {
            last = seeing.see(i, 0.3 * random.nextGaussian(), Math.exp(random.nextGaussian()));
        }
        return last;
    }

    /** A gap around 0, and gradient norms spread over factors of e: for 20,000 steps. */
    @Test
    void normalNoiseIsNoAlarm() {
        assertEquals(Optional.empty(), calm(watch, 20_000));
    }

    /** Every 20th step is thirty times too large, as a bad batch may be. */
    @Test
    void singleSpikesAreNoAlarm() {
        for (int i = 0; i < 5000; i++) {
            double gap = 0.3 * random.nextGaussian() + (i % 20 == 0 ? 30 : 0);
            assertEquals(Optional.empty(), watch.see(i, gap, 1));
        }
    }

    @Test
    void whatIsNotFiniteIsAnAlarmAtOnce() {
        assertEquals(
                "Training diverges: the energy gap is NaN and the gradient norm 1.0 in step 7.",
                watch.see(7, Double.NaN, 1).orElseThrow());
        assertTrue(watch.see(8, 0, Double.POSITIVE_INFINITY).isPresent());
    }

    /** 1.05 to the power of the step: above ten times the median of 0.2 after about 50 steps. */
    @Test
    void aGapThatGrowsIsAnAlarm() {
        calm(watch, 300);
        int step = 0;
        Optional<String> alarm = Optional.empty();
        while (alarm.isEmpty() && step < 500) {
            step++;
            alarm = watch.see(step, -0.2 * Math.pow(1.05, step), 1);
        }
        assertTrue(step > 40 && step < 90, "alarm in step " + step);
        assertTrue(
                alarm.orElseThrow()
                        .matches("Training diverges: the energy gap is -\\d\\.\\d+ in step " + step
                                + ", too large for 10 steps in a row and now over 10\\.00 times its usual size of"
                                + " 0\\.\\d+\\."),
                alarm.get());
    }

    /** Also growth so slow that the median follows, and before a median is known. */
    @Test
    void theBoundCountsAlways() {
        int step = 0;
        while (watch.see(step, 0.1, Math.exp(step * 1e-3)).isEmpty()) {
            step++;
        }
        assertEquals(Math.log(1000) / 1e-3 + 10, step, 2);
        StabilityWatch early = new StabilityWatch(StabilityWatch.Limits.standard());
        for (int i = 0; i < 9; i++) {
            assertTrue(early.see(i, 5000, 1).isEmpty());
        }
        assertEquals(
                "Training diverges: the energy gap is 5000 in step 9, too large for 10 steps in a row and now above the"
                        + " bound of 1000.",
                early.see(9, 5000, 1).orElseThrow());
    }

    @Test
    void aSmallGapMayGrowToTheFloor() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(Optional.empty(), watch.see(i, i < 500 ? 1e-4 : 0.9, 1e-3));
        }
    }

    /** By way of JSON, in the middle of a streak. */
    @Test
    void itGoesOnFromItsState() {
        calm(watch, 250);
        for (int i = 0; i < 7; i++) {
            watch.see(i, 40, 1);
        }
        Gson gson = new Gson();
        StabilityWatch other = new StabilityWatch(StabilityWatch.Limits.standard());
        other.load(gson.fromJson(gson.toJson(watch.state()), double[].class));
        assertArrayEquals(watch.state(), other.state());
        for (int i = 0; i < 5; i++) {
            Optional<String> expected = watch.see(i, 40, 1);
            assertEquals(expected, other.see(i, 40, 1));
            assertEquals(i >= 2, expected.isPresent());
        }
        other.reset();
        assertArrayEquals(new double[] {0, 0}, other.state());
        assertTrue(other.see(1, 40, 1).isEmpty());
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("factor must be above 1, but is 1.0", message(() -> limits(10, 1, 1, 2, 1)));
        assertEquals("bound must be above the floor of 3.0, but is 2.0", message(() -> limits(10, 2, 3, 2, 1)));
        assertEquals("patience must be at most half the window of 10, but is 6", message(() -> limits(10, 2, 1, 2, 6)));
        assertEquals(
                "state must have an even number of entries, from 2 to 402, but has 3",
                message(() -> watch.load(1, 2, 3)));
    }

    private static StabilityWatch.Limits limits(int window, double factor, double floor, double bound, int patience) {
        return new StabilityWatch.Limits(window, factor, floor, bound, patience);
    }
}
