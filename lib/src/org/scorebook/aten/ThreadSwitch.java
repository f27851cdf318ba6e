package org.scorebook.aten;

import java.util.function.Supplier;

/** A setting of the thread's own, for as long as some work takes. It begins off. */
final class ThreadSwitch {
    private final ThreadLocal<Boolean> on = ThreadLocal.withInitial(() -> false);

    boolean isOn() {
        return on.get();
    }

    /** Runs work with it on or off, and then sets it back to what it was. */
    <T> T within(boolean wanted, Supplier<T> work) {
        boolean before = on.get();
        on.set(wanted);
        try {
            return work.get();
        } finally {
            on.set(before);
        }
    }
}
