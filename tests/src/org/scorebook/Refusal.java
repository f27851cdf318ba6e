package org.scorebook;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What is said to whoever gives a bad argument. */
public final class Refusal {
    private Refusal() {}

    /** The message of the {@link IllegalArgumentException} that a call must throw. */
    public static String message(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
