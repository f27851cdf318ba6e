package org.scorebook.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.scorebook.Refusal.message;

import org.junit.jupiter.api.Test;

class RequireTest {
    @Test
    void endsAreWhereTheyAreSaidToBe() {
        Require.share("eta", 0);
        Require.share("eta", 1);
        Require.below("start", 0, 0.5);
        assertEquals("eta must be from 0 to 1, but is 1.5", message(() -> Require.share("eta", 1.5)));
        assertEquals("eta must be from 0 to 1, but is NaN", message(() -> Require.share("eta", Double.NaN)));
        assertEquals("decay must be from 0 to below 1, but is 1.0", message(() -> Require.below("decay", 1, 1)));
        assertEquals("start must be from 0 to below 0.5, but is -1.0", message(() -> Require.below("start", -1, 0.5)));
        assertEquals("t must be from 0 to below 1, but is NaN", message(() -> Require.below("t", Double.NaN, 1)));
    }

    @Test
    void nullIsNamed() {
        assertEquals("here", Require.given("name", "here"));
        String message = assertThrows(NullPointerException.class, () -> Require.given("name", null))
                .getMessage();
        assertEquals("name must be given, but is null", message);
    }
}
