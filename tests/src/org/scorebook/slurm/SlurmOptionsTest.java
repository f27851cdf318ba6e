package org.scorebook.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmOptionsTest {
    @Test
    void theLastValueCounts() {
        SlurmOptions options = SlurmOptions.usual().partition("a").gpus(1).with("partition", "b");
        assertEquals(Map.of("partition", "b", "gpus", "1"), options.sbatch());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "output | x | sbatch's option output cannot be given: the run's log.txt is the job's output",
                "signal | x | sbatch's option signal cannot be given: the run must hear of the end of its time before it comes",
                "array | 0-3 | sbatch's option array cannot be given: a training is one job",
                "--partition | x | an option for sbatch must be a long one without its dashes, such as constraint, but is --partition",
                "p | x | an option for sbatch must be a long one without its dashes, such as constraint, but is p",
                "comment | 'a\nb' | the value of sbatch's option comment must be one line, but is a?b",
            })
    void whatCannotBeGivenIsRefused(String key, String value, String message) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> SlurmOptions.usual().with(key, value));
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"8:00:00, 120", "2-0, 120", "30, 120", "4, 60", "1, 15", "0:40, 10", "0:05:00, 75", "INFINITE, 120"})
    void aShortJobIsToldLate(String time, int seconds) {
        assertEquals(seconds, SlurmOptions.usual().time(time).noticeSeconds());
        assertEquals(120, SlurmOptions.usual().noticeSeconds());
    }
}
