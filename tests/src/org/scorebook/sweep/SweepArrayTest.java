package org.scorebook.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SweepArrayTest {
    @Test
    void neighboursAreARange() {
        assertEquals("0-3,5,7-8", SweepArray.ranges(List.of(0, 1, 2, 3, 5, 7, 8)));
        assertEquals("4", SweepArray.ranges(List.of(4)));
    }
}
