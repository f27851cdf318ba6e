package org.scorebook.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void distanceCountsChangedLetters() {
        assertEquals(3, Names.distance("kitten", "sitting"));
        assertEquals(3, Names.distance("", "abc"));
        assertEquals(0, Names.distance("same", "same"));
        assertEquals(1, Names.distance("emoj", "emoji"));
    }

    @Test
    void theNearestNameIsSuggested() {
        assertEquals(
                "there is no sampler \"ddpn\"; did you mean \"ddpm\"? Known are ddim, ddpm",
                Names.unknown("sampler", "ddpn", List.of("ddim", "ddpm")).getMessage());
    }

    @Test
    void whereNoneIsNearAllAreListed() {
        assertEquals("; did you mean seed?", Names.hint("Sead", List.of("lr", "seed")));
        assertEquals("; there are: lr, seed", Names.hint("xyzzy", List.of("lr", "seed")));
    }

    @Test
    void filesHavePlainNames() {
        assertEquals("a-b_c.d-2", Names.ofFile("../a b_c.d-2/", "run"));
        assertEquals("run", Names.ofFile("???", "run"));
        assertEquals(80, Names.ofFile("x".repeat(100), "run").length());
    }
}
