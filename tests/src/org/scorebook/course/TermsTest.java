package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.course.Outputs.hint;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A right value that is a sum, and answers that lack a part of it. */
class TermsTest {
    private static final Map<String, Double> TERMS = Map.of("the data", 3.0, "the chains", -1.0, "the penalty", 0.5);

    private static Check check(double answer) {
        return Check.exercise("1").sum("gradient", () -> answer, TERMS, 1e-9);
    }

    @Test
    void theSumIsRight() {
        assertEquals("✓ gradient (within 1e-9)", Outputs.passing(check(2.5)).get(0));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertTrue(hint(check(-0.5)).startsWith("what your value lacks is the data: left out, or cut"));
        assertTrue(hint(check(3)).startsWith("what your value lacks is the chains and the penalty: "), hint(check(3)));
    }

    @Test
    void whatHasTheOtherSignIsNamed() {
        assertTrue(hint(check(4.5)).startsWith("with the other sign of the chains your value is right"));
        assertTrue(hint(check(-2.5)).startsWith("with the other sign your value is right"), "all of it");
    }

    @Test
    void allChecksLackTheSame() {
        Map<String, Double> others = Map.of("the data", 2.0, "the chains", -4.0, "the penalty", 0.0);
        Check both = check(3.5).sum("another", () -> 2.0, others, 1e-9);
        assertTrue(hint(both).startsWith("what your value lacks is the chains:"), hint(both));
        assertEquals(
                "", hint(check(3.5).sum("another", () -> -4.0, others, 1e-9)), "one lacks the chains, one the data");
    }

    @Test
    void oneTermIsNoSum() {
        assertThrows(IllegalArgumentException.class, () -> Check.exercise("1").sum("f", () -> 1, Map.of("a", 1.0), 0));
    }
}
