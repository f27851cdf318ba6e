package org.scorebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** Each test has managers of its own, with the same random numbers, and none stays open. */
class SeededTest {
    private static final List<NDManager> MANAGERS = new ArrayList<>();
    private static final List<float[]> NUMBERS = new ArrayList<>();

    @Seeded(5)
    private NDManager manager;

    @BeforeEach
    void draw() {
        NUMBERS.add(manager.randomNormal(new Shape(3)).toFloatArray());
    }

    @RepeatedTest(2)
    void areOpenInATest(@Seeded(6) NDManager other) {
        assertNotSame(manager, other);
        for (NDManager each : List.of(manager, other)) {
            assertTrue(each.isOpen());
            assertFalse(MANAGERS.contains(each));
            MANAGERS.add(each);
        }
    }

    @AfterAll
    static void areClosedAfterIt() {
        assertEquals(4, MANAGERS.size());
        assertArrayEquals(NUMBERS.get(0), NUMBERS.get(1));
        MANAGERS.forEach(each -> assertFalse(each.isOpen()));
    }
}
