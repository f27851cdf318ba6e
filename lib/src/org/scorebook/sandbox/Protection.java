package org.scorebook.sandbox;

import org.scorebook.base.Require;

/**
 * One thing that a confined program is kept from, and by what.
 *
 * @param against such as {@code network}
 * @param how in a few words; {@value #NONE} where nothing keeps it
 */
public record Protection(String against, String how) {
    /** Says that there is none. */
    public static final String NONE = "none";

    /** Requires both. */
    public Protection {
        Require.given("against", against);
        Require.given("how", how);
    }

    /** Whether there is one. */
    public boolean given() {
        return !how.equals(NONE);
    }
}
