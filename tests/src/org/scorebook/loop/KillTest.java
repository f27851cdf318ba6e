package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.train.Checkpoint;

/**
 * SIGKILL to real trainings, at any time and while they write, each resumed until it ends. So many kills as
 * {@code -Dscorebook.kills} says.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("scorebook.kills", 3);
    private static final int KILLS_OF_A_RUN = 10;
    private static final int STEPS = 60;
    private static final List<String> CLOCK = List.of("images_per_second", "seconds");

    @TempDir
    private Path runs;

    private final Random random = new Random(5);
    private final Map<Moment, Integer> killed = new TreeMap<>();

    /** When to kill. */
    private enum Moment {
        ANY,
        WHILE_A_CHECKPOINT_IS_WRITTEN,
        BETWEEN_RENAMES,
        WHILE_METRICS_ARE_APPENDED,
        WHILE_A_GRID_IS_WRITTEN
    }

    private static RunConfig config() {
        return SmallRuns.field()
                .with(Map.of("threads", 1, "epochs", 5, "max_batches_per_epoch", STEPS / 5, "log_interval", 1))
                .with(Map.of("checkpoint_interval", 3, "sample_interval", 7, "sample_steps", 2, "sample_count", 2));
    }

    @Test
    void killedRunsEndAsOneThatWasNotDisturbed(@Seeded(1) NDManager manager) throws Exception {
        RunDirectory whole = RunDirectory.create(config(), runs);
        assertTrue(isEndOf(TrainingChild.start(whole)));
        for (int kills = 0; kills < KILLS; ) {
            RunDirectory run = RunDirectory.create(config(), runs);
            boolean ended = false;
            for (int of = 0; of < KILLS_OF_A_RUN && kills < KILLS && !ended; of++) {
                Moment moment = Moment.values()[kills % Moment.values().length];
                ended = !kill(TrainingChild.start(run), run, moment);
                kills += ended ? 0 : 1;
                assertWhole(run, manager);
            }
            assertTrue(ended || isEndOf(TrainingChild.start(run)), () -> tail(run));
            assertSame(whole, run);
        }
        System.out.println("killed: " + killed);
    }

    private static boolean isEndOf(Process process) throws InterruptedException {
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        return process.exitValue() == 0;
    }

    private static String tail(RunDirectory run) {
        try {
            return String.join("\n", run.logTail(9));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** False where the process ended before the moment came. */
    private boolean kill(Process process, RunDirectory run, Moment moment) throws Exception {
        int times = 1 + random.nextInt(3);
        String before = look(run, Moment.WHILE_METRICS_ARE_APPENDED);
        while (process.isAlive() && look(run, Moment.WHILE_METRICS_ARE_APPENDED).equals(before)) {
            Thread.sleep(1); // until it trains
        }
        long any = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(1000));
        String last = look(run, moment);
        while (process.isAlive()) {
            String now = look(run, moment);
            times -= now.equals(last) || now.isEmpty() ? 0 : 1;
            last = now;
            if (moment == Moment.ANY ? System.nanoTime() > any : times == 0) {
                process.destroyForcibly().waitFor();
                killed.merge(moment, 1, Integer::sum);
                return true;
            }
        }
        assertEquals(0, process.exitValue(), () -> tail(run));
        return false;
    }

    /** What changes at a moment; empty where that is none. */
    private static String look(RunDirectory run, Moment moment) throws IOException {
        return switch (moment) {
            case ANY -> "";
            case WHILE_A_CHECKPOINT_IS_WRITTEN -> names(run.path().resolve("checkpoints"), "\\.step-.*");
            case BETWEEN_RENAMES -> names(run.path().resolve("checkpoints"), "step-.*");
            case WHILE_METRICS_ARE_APPENDED ->
                Long.toString(run.path().resolve("metrics.jsonl").toFile().length());
            case WHILE_A_GRID_IS_WRITTEN -> names(run.path().resolve("samples"), "\\..*");
        };
    }

    private static String names(Path folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return String.join(
                    " ",
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches(pattern))
                            .sorted()
                            .toList());
        }
    }

    private static void assertWhole(RunDirectory run, NDManager manager) throws IOException {
        List<Checkpoint> saved = Checkpoint.list(Checkpoint.parentIn(run.path()));
        if (!saved.isEmpty()) {
            Checkpoint newest = saved.get(0);
            assertEquals(newest.step(), newest.state().step());
            newest.read(Checkpoint.CONFIG, RunConfig::fromJson);
            try (NDManager arrays = manager.newSubManager()) {
                for (String part : List.of(Checkpoint.MODEL, Checkpoint.AVERAGE, Checkpoint.OPTIMIZER)) {
                    newest.arrays(part, arrays);
                }
            }
        }
        List<Double> steps = BrokenRun.column(run, "step");
        assertEquals(ascending(steps.size()), steps);
    }

    private static List<Double> ascending(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> (double) i).toList();
    }

    private static void assertSame(RunDirectory whole, RunDirectory run) throws IOException {
        assertEquals(
                List.of(),
                run.logTail(1000).stream()
                        .filter(line -> line.contains("cannot be read"))
                        .toList());
        for (String part : List.of("model.safetensors", "ema.safetensors", "optimizer.safetensors", "state.json")) {
            assertArrayEquals(
                    Files.readAllBytes(whole.latestCheckpoint().orElseThrow().resolve(part)),
                    Files.readAllBytes(run.latestCheckpoint().orElseThrow().resolve(part)),
                    part);
        }
        assertEquals(whole.lossHistory(), run.lossHistory());
        assertEquals(withoutClock(whole), withoutClock(run));
        assertEquals(STEPS, run.metrics().size());
        assertEquals(whole.samples().size(), run.samples().size());
        for (int i = 0; i < whole.samples().size(); i++) {
            assertArrayEquals(
                    Files.readAllBytes(whole.samples().get(i)),
                    Files.readAllBytes(run.samples().get(i)));
        }
        assertEquals("", names(run.path().resolve("checkpoints"), "\\..*"));
    }

    private static List<Map<String, Double>> withoutClock(RunDirectory run) throws IOException {
        List<Map<String, Double>> metrics = run.metrics();
        metrics.forEach(row -> row.keySet().removeAll(CLOCK));
        return metrics;
    }
}
