package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.scorebook.Printed.printed;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What a check prints. */
final class Outputs {
    private Outputs() {}

    /** Lines of one that passes. */
    static List<String> passing(Check check) {
        return printed(check::done).lines().toList();
    }

    /** Lines of one that fails. */
    static List<String> failing(Check check) {
        return printed(() -> assertThrows(CheckFailed.class, check::done))
                .lines()
                .toList();
    }

    /** What it throws. */
    static CheckFailed failure(Check check) {
        AtomicReference<CheckFailed> failure = new AtomicReference<>();
        printed(() -> failure.set(assertThrows(CheckFailed.class, check::done)));
        return failure.get();
    }

    /** What is wrong, of one whose only attempt fails without a hint. */
    static String problem(Check check) {
        List<String> lines = failing(check);
        assertEquals(2, lines.size(), lines.toString());
        return lines.get(0);
    }

    /** The hint of one that fails; empty where it has none. */
    static String hint(Check check) {
        return failing(check).stream()
                .filter(line -> line.startsWith("Hint: "))
                .map(line -> line.substring(6))
                .reduce("", String::concat);
    }
}
