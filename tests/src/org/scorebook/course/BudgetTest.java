package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void quickOrFull() {
        assertTrue(Budget.quick("quick"));
        assertFalse(Budget.quick("full"));
        assertFalse(Budget.quick(null));
        assertEquals("SCOREBOOK_BUDGET must be quick or full, but is fast", message(() -> Budget.quick("fast")));
    }

    @Test
    void chooses() {
        assertEquals(Budget.quick() ? 1 : 2, Budget.choose(1, 2));
    }
}
