package org.scorebook.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.slurm.SlurmState.Phase;

/** Lines as Slurm 22.05 has printed them. */
class QueuedJobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "12|PENDING|NONE||Resources ! WAITS ! Slurm job 12 waits: Resources",
                "12_3|PENDING|N/A||Dependency ! WAITS ! Slurm job 12_3 waits: Dependency",
                "12|PENDING|NONE||Nodes required for job are DOWN, DRAINED or reserved | a|b ! WAITS"
                        + " ! Slurm job 12 waits: Nodes required for job are DOWN, DRAINED or reserved | a|b",
                "12|RUNNING|2027-11-28T13:50:57|n2|None ! WORKS ! Slurm job 12 begins on n2",
                "12|SUSPENDED|NONE|n2|None ! WORKS ! Slurm job 12 is suspended on n2",
                "12|OUT_OF_MEMORY|2026-11-28T13:51:17|n[2-3]|OutOfMemory ! ENDED"
                        + " ! Slurm job 12 ran out of memory on n[2-3]: OutOfMemory",
                "12|TIMEOUT|2026-11-28T13:51:17|n2|TimeLimit ! ENDED"
                        + " ! Slurm job 12 ran out of its time limit on n2: TimeLimit",
                "12|NODE_FAIL|2026-11-28T13:51:17|n2|None ! ENDED ! Slurm job 12 lost its node on n2",
                "12|CANCELLED|2026-11-28T13:50:52||BeginTime ! ENDED ! Slurm job 12 was cancelled",
                "12|PREEMPTED|2026-11-28T13:51:17|n2|None ! ENDED"
                        + " ! Slurm job 12 was ended for another job (pre-empted) on n2",
                "12|HIBERNATING|NONE|n2|None ! WORKS ! Slurm job 12 is in a state that is not known here on n2"
            })
    void linesOfTheQueueAreSentences(String line, Phase phase, String words) throws SlurmException {
        QueuedJob job = QueuedJob.ofQueue(line);
        assertEquals(phase, job.state().phase());
        assertEquals(words, job.words());
    }

    /** Both are COMPLETING: one that was requeued has no end, one that was cancelled has. */
    @Test
    void aJobThatComesToItsEndBeginsAnewOrNot() throws SlurmException {
        QueuedJob requeued = QueuedJob.ofQueue("2|COMPLETING|NONE|n2|None");
        assertTrue(requeued.isGoingBack() && !requeued.isEnding());
        QueuedJob cancelled = QueuedJob.ofQueue("1|COMPLETING|2026-11-28T13:50:52|n1|None");
        assertTrue(cancelled.isEnding() && !cancelled.isGoingBack());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "12|PENDING", "x|PENDING|NONE||None", "CLUSTER: a", "12|pending|NONE||None"})
    void whatIsNoSuchLineIsRefused(String line) {
        SlurmException e = assertThrows(SlurmException.class, () -> QueuedJob.ofQueue(line));
        assertEquals("squeue says what is not understood: " + line, e.getMessage());
    }

    @Test
    void accountsTellOfWhatEndedLongAgo() throws SlurmException {
        QueuedJob job = QueuedJob.ofAccount("12_3|CANCELLED by 1000|None assigned");
        assertEquals("Slurm job 12_3 was cancelled", job.words());
        assertTrue(job.isEnding());
        assertThrows(SlurmException.class, () -> QueuedJob.ofAccount("Slurm accounting storage is disabled"));
    }
}
