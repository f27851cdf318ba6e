package org.scorebook.course;

/**
 * How much work a notebook does: all of it, or so little that every cell runs within seconds. The environment variable
 * {@code SCOREBOOK_BUDGET} says which, {@code full} (also where it is not set) or {@code quick}.
 */
public final class Budget {
    private Budget() {}

    /** Whether only little work is wanted. */
    public static boolean quick() {
        return quick(System.getenv("SCOREBOOK_BUDGET"));
    }

    /** One of two numbers, for instance of training steps. */
    public static int choose(int quick, int full) {
        return quick() ? quick : full;
    }

    static boolean quick(String value) {
        if (value == null || value.equals("full")) {
            return false;
        }
        if (value.equals("quick")) {
            return true;
        }
        throw new IllegalArgumentException("SCOREBOOK_BUDGET must be quick or full, but is " + value);
    }
}
