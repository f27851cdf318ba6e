package org.scorebook.process;

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
}
