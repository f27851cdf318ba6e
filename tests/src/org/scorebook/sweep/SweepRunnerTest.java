package org.scorebook.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;
import org.scorebook.run.SlowJobs;

/** Sweeps of jobs in real processes, which fail or are stopped. */
class SweepRunnerTest {
    @TempDir
    private Path runs;

    private final List<String> news = Collections.synchronizedList(new ArrayList<>());

    private SweepFolder folder(Sweep sweep) throws IOException {
        return SweepFolder.ofSame(sweep, runs);
    }

    private SweepRunner runner(Sweep sweep) throws IOException {
        return new SweepRunner(folder(sweep), sweep)
                .launcher(SlowJobs.LAUNCHER)
                .listen((done, sentence) -> news.add(done + " " + sentence));
    }

    @AfterEach
    void endProcesses() throws IOException {
        for (RunDirectory run : SweepFolder.find("latest", runs).runs().values()) {
            run.status().process().handle().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static List<RunState> states(SweepFolder folder) throws IOException {
        List<RunState> states = new ArrayList<>();
        for (SweepMember member : folder.sweep().members()) {
            RunDirectory run = folder.runs().get(member.index());
            states.add(run == null ? null : run.status().state());
        }
        return states;
    }

    /** The stand-in fails where its folder of data is called so. */
    @Test
    void aRunThatFailsIsARowAndNotTheEnd() throws Exception {
        Sweep sweep = Sweep.of(SlowJobs.config(5)).grid("data_dir", "good", "fail", "fine");
        SweepResult result = runner(sweep).run();
        SweepFolder folder = folder(sweep);
        assertEquals(List.of(RunState.SUCCEEDED, RunState.FAILED, RunState.SUCCEEDED), states(folder));
        assertTrue(result.table().contains("failed: data_dir=fail, seed=0 "), result.table());
        assertTrue(news.contains("2 data_dir=fail, seed=0: failed (the loss is NaN at step 3; a smaller lr may help)"));
        Map<Integer, RunDirectory> before = folder.runs();
        Status failed = before.get(1).status();
        runner(sweep).run();
        assertEquals(before.keySet(), folder.runs().keySet(), "the same folders");
        assertEquals(failed, before.get(1).status(), "left alone");
        runner(sweep).retryFailed().run();
        assertEquals(RunState.FAILED, before.get(1).status().state());
        assertFalse(failed.equals(before.get(1).status()), "tried again");
        assertEquals(3, folder.runs().size());
    }

    /** As Ctrl-C does. */
    @Test
    void aStopKeepsWhatThereIsAndTheSameGoesOn() throws Exception {
        Sweep sweep = Sweep.of(SlowJobs.config(400)).seeds(3);
        SweepFolder folder = folder(sweep);
        AtomicBoolean stop = new AtomicBoolean();
        Thread stopper = new Thread(() -> {
            try {
                while (folder.runs().size() < 2 || folder.runs().get(1).status().step() == 0) {
                    Thread.sleep(20);
                }
                stop.set(true);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        stopper.start();
        runner(sweep).stopWhen(stop::get).run();
        stopper.join();
        List<RunState> expected = new ArrayList<>(List.of(RunState.SUCCEEDED, RunState.CANCELLED));
        expected.add(null);
        assertEquals(expected, states(folder));
        RunDirectory stopped = folder.runs().get(1);
        assertFalse(stopped.checkpoints().isEmpty());
        Status first = folder.runs().get(0).status();
        runner(sweep).run();
        assertEquals(Collections.nCopies(3, RunState.SUCCEEDED), states(folder));
        assertEquals(first, folder.runs().get(0).status(), "kept");
        assertTrue(stopped.status().firstStep() > 0, "it went on from its checkpoint");
        assertEquals(400, stopped.metrics().size());
    }

    @Test
    void anInterruptStopsTheRunAtWork() throws Exception {
        Sweep sweep = Sweep.of(SlowJobs.config(100_000)).seeds(2);
        SweepFolder folder = folder(sweep);
        SweepRunner runner = runner(sweep);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread cell = new Thread(() -> {
            try {
                runner.run();
            } catch (InterruptedException e) {
                interrupted.set(true);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        cell.start();
        while (!folder.runs().containsKey(0) || folder.runs().get(0).status().step() == 0) {
            Thread.sleep(20);
        }
        assertThrows(IllegalStateException.class, () -> runner(sweep).run(), "one at a time");
        cell.interrupt();
        cell.join(Duration.ofSeconds(60).toMillis());
        assertTrue(interrupted.get());
        assertEquals(RunState.CANCELLED, folder.runs().get(0).status().state());
        assertEquals(1, folder.runs().size());
    }
}
