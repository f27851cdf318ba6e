package org.scorebook.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real programs in the place of Slurm's. */
class SlurmCommandTest {
    private static String failure(Duration limit, String... words) {
        return assertThrows(SlurmException.class, () -> new SlurmCommand(words).lines(limit))
                .getMessage();
    }

    @Test
    @Timeout(50)
    void failuresAreOneSentence() {
        Duration patience = Duration.ofSeconds(60);
        assertTrue(failure(patience, "no-such-sbatch").startsWith("there is no no-such-sbatch that can be run here"));
        assertEquals("sleep has given no answer for 1 s", failure(Duration.ofSeconds(1), "sleep", "60"));
        assertEquals("false refuses: it does not say why", failure(patience, "false"));
        String printed =
                "sbatch: error: invalid partition specified: x\\nsbatch: error: Batch job submission failed\\n";
        assertEquals(
                "sh refuses: invalid partition specified: x; Batch job submission failed",
                failure(patience, "sh", "-c", "printf '" + printed + "' >&2; exit 1"));
    }

    /** More than a pipe holds, on both sides. */
    @Test
    void longAnswersDoNotBlock() throws SlurmException {
        List<String> lines = new SlurmCommand("sh", "-c", "seq 200000; seq 200000 >&2").lines();
        assertEquals(200_000, lines.size());
    }

    @Test
    void wordsAreNotReadByAShell() throws SlurmException {
        assertEquals(List.of("$(id) `id` ; *"), new SlurmCommand("echo", "$(id) `id` ; *").lines());
    }
}
