package org.scorebook.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebook.evaluate.WorkPart;

/** In a pipe, with a clock that is set by hand. */
class WorkBarTest {
    private final StringWriter text = new StringWriter();
    private long seconds;
    private final WorkBar bar = new WorkBar(
            new PrintWriter(text), false, () -> Duration.ofSeconds(seconds).toNanos());

    private void at(long second, String name, long done, long total) {
        seconds = second;
        bar.at(name, done, total);
    }

    private List<String> lines() {
        return text.toString().lines().toList();
    }

    /** The first news comes after the start of the work: the time before it does not count. */
    @Test
    void theFirstSecondsSayHowLongItTakes() {
        bar.plan(List.of(new WorkPart("reading", Double.NaN), new WorkPart("drawing", 600), new WorkPart("rest", 0)));
        at(100, "reading", 10, 1000);
        at(104, "reading", 15, 1000);
        at(106, "reading", 22, 1000);
        at(107, "reading", 23, 1000);
        at(585, "reading", 980, 1000);
        at(600, "reading", 1000, 1000);
        at(600, "drawing", 2, 4);
        assertEquals(
                List.of(
                        "3 parts: reading, drawing, rest",
                        "part 1 of 3, reading: 22 of 1000, about 8 min left of this part, 18 min in all",
                        "part 1 of 3, reading: 980 of 1000, about 10 s left of this part, 10 min in all",
                        "part 1 of 3, reading: 1000 of 1000, about 10 min left in all",
                        "part 2 of 3, drawing: 2 of 4"),
                lines());
    }

    /** What is measured on the way takes the place of what was thought before. */
    @Test
    void thePlanSaysHowLongAllWillTake() {
        bar.plan(List.of(new WorkPart("drawing", 600), new WorkPart("nearest", 300)));
        at(0, "drawing", 0, 100);
        at(3, "drawing", 25, 100);
        at(12, "drawing", 100, 100);
        at(12, "nearest", 0, 4);
        at(22, "nearest", 1, 4);
        assertEquals(
                List.of(
                        "2 parts: drawing, nearest; about 15 min in all",
                        "part 1 of 2, drawing: 25 of 100, about 9 s left of this part, 5 min in all",
                        "part 1 of 2, drawing: 100 of 100, about 5 min left in all",
                        "part 2 of 2, nearest: 1 of 4, about 30 s left of this part"),
                lines());
    }

    /** Of a part that is to come nothing is measured yet. */
    @Test
    void whatIsNotKnownIsNotSaid() {
        bar.plan(List.of(new WorkPart("drawing", 600), new WorkPart("nearest", Double.NaN)));
        at(0, "drawing", 0, 100);
        at(3, "drawing", 50, 100);
        at(6, "drawing", 100, 100);
        assertEquals(
                List.of(
                        "2 parts: drawing, nearest",
                        "part 1 of 2, drawing: 50 of 100, about 3 s left of this part",
                        "part 1 of 2, drawing: 100 of 100"),
                lines());
    }

    @Test
    void withoutAPlanThereAreNoParts() {
        at(0, "drawing", 100, 400);
        at(3, "drawing", 199, 400);
        at(4, "drawing", 200, 400);
        assertEquals(List.of("drawing: 100 of 400", "drawing: 200 of 400, about 8 s left"), lines());
    }
}
