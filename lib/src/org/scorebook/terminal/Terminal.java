package org.scorebook.terminal;

import java.io.Console;

/** What standard output leads to. */
public final class Terminal {
    private Terminal() {}

    /** Java 22 has a console in a pipe too, and a method that tells, which Java 17 has not. */
    public static boolean isOne() {
        if (System.console() == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
