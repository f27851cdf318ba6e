package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
        bar.plan(List.of("reading", "drawing"));
        at(100, "reading", 10, 1000);
        at(104, "reading", 15, 1000);
        at(106, "reading", 22, 1000);
        at(107, "reading", 23, 1000);
        at(585, "reading", 980, 1000);
        at(600, "reading", 1000, 1000);
        at(600, "drawing", 2, 4);
        assertEquals(
                List.of(
                        "2 parts: reading, drawing",
                        "part 1 of 2, reading: 22 of 1000, about 8 min left of this part",
                        "part 1 of 2, reading: 980 of 1000, about 10 s left of this part",
                        "part 1 of 2, reading: 1000 of 1000",
                        "part 2 of 2, drawing: 2 of 4"),
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
