package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.scorebook.course.Outputs.failing;
import static org.scorebook.course.Outputs.passing;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scorebook.kernel.LoopGuard;

@Timeout(60)
class TimeLimitTest {
    private static double sleeping() throws InterruptedException {
        Thread.sleep(60_000);
        return 1;
    }

    /** As a loop of a cell is under Scorebook's kernel. */
    private static double guarded() {
        while (true) {
            LoopGuard.check();
        }
    }

    private static double polling() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        return 1;
    }

    @Test
    void whatTakesTooLongIsALineAndTheNextIsTried() {
        Check check = Check.exercise("1")
                .limit(1)
                .value("sleeping", TimeLimitTest::sleeping, 1, 0)
                .value("loop", TimeLimitTest::guarded, 1, 0)
                .value("polling", TimeLimitTest::polling, 1, 0)
                .value("quick", () -> 1, 1, 0);
        String over = ": is over the time limit of 1 s: is there a loop without end?";
        assertEquals(
                List.of(
                        "✗ sleeping" + over,
                        "✗ loop" + over,
                        "✗ polling" + over,
                        "✓ quick (exactly)",
                        "Exercise 1: 0 of 1 point"),
                failing(check));
        assertFalse(Thread.currentThread().isInterrupted());
        LoopGuard.check();
    }

    @Test
    void withinTheLimitNothingIsInterrupted() throws InterruptedException {
        passing(Check.exercise("1").limit(1).value("quick", () -> 1, 1, 0));
        Thread.sleep(1200);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    /** The engine keeps state by thread. */
    @Test
    void attemptsAreMadeOnTheThreadThatAsks() {
        Thread here = Thread.currentThread();
        passing(Check.exercise("1").holds("one thread", () -> Thread.currentThread() == here));
    }

    @Test
    void anInterruptFromOutsideEndsTheCheck() {
        Check check = Check.exercise("1")
                .value(
                        "a",
                        () -> {
                            Thread.currentThread().interrupt();
                            Thread.sleep(1000);
                            return 1;
                        },
                        1,
                        0);
        IllegalStateException ended = assertThrows(IllegalStateException.class, check::done);
        assertEquals("the check was interrupted", ended.getMessage());
    }

    @Test
    void aCodesOwnErrorOfTheKernelPasses() {
        class Stopped extends Error {
            private static final long serialVersionUID = 1;
        }
        Check check = Check.exercise("1")
                .value(
                        "a",
                        () -> {
                            throw new Stopped();
                        },
                        1,
                        0);
        assertThrows(Stopped.class, check::done);
    }
}
