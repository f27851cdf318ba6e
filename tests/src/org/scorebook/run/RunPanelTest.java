package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Printed.printed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.Progressed;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.machine.ProcessMark;

/** What is shown outside a notebook; tests/system/test_kernel_jobs.py sees the display in one. */
class RunPanelTest {
    @TempDir
    private Path runs;

    private RunDirectory running() throws Exception {
        RunDirectory run = RunDirectory.create(RunConfig.defaults(), runs);
        run.update(status -> status.ofProcess(ProcessMark.current()).running("cpu"));
        return run;
    }

    @Test
    void textHasALineForEachTenth() throws Exception {
        RunDirectory run = running();
        RunPanel panel = new RunPanel(run);
        String text = printed(() -> {
            for (int step = 0; step <= 30; step++) {
                long done = step;
                run.update(status -> status.at(new Progressed(done, 100, 0, 0)));
                panel.showBar();
            }
            run.update(status -> status.ended(RunState.SUCCEEDED, null));
            panel.showAll();
        });
        assertEquals(
                List.of(
                        run.id() + ": running, 0 % of 100 steps",
                        run.id() + ": running, 10 % of 100 steps",
                        run.id() + ": running, 20 % of 100 steps",
                        run.id() + ": running, 30 % of 100 steps",
                        run.id() + ": succeeded, step 30 of 100"),
                text.lines().toList());
    }

    @Test
    void watchingEndsWithTheRunOrWithPatience() throws Exception {
        RunDirectory run = running();
        printed(() -> {
            Thread impatient = RunWatch.start(run, Duration.ofMillis(1));
            assertTrue(impatient.isDaemon());
            impatient.join(10_000);
            assertFalse(impatient.isAlive());
            Thread patient = RunWatch.start(run, Duration.ofMinutes(1));
            patient.join(1500);
            assertTrue(patient.isAlive());
            run.update(status -> status.ended(RunState.FAILED, "why"));
            patient.join(10_000);
            assertFalse(patient.isAlive());
        });
    }
}
