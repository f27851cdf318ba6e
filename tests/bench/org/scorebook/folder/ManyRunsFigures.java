package org.scorebook.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.config.RunConfig;

/**
 * What a folder of 10,000 runs costs: to find the newest with and without the index, to list all with their statuses, to write
 * a status. {@code mvn test -Dtest=ManyRunsFigures -Dscorebook.runs=10000}: a minute or two.
 */
class ManyRunsFigures {
    private static final int RUNS = Integer.getInteger("scorebook.runs", 10_000);
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int UPDATES = 200;

    @TempDir
    private Path folder;

    @Test
    void findingListingAndWriting() throws Exception {
        fill();
        String newest = id(RUNS - 1);
        for (String when : List.of("a new index", "the index", "the index, again")) {
            assertEquals(newest, timed("latest by " + when, () -> Runs.find("latest", folder)
                    .id()));
        }
        assertEquals(id(7), timed("by its ID", () -> Runs.find(id(7), folder).id()));
        Runs.find("latest", folder);
        Files.delete(folder.resolve(".index"));
        List<RunDirectory> all = timed("list without index", () -> Runs.list(folder, RUNS));
        assertEquals(RUNS, timed("list", () -> Runs.list(folder, RUNS)).size());
        assertEquals(RUNS, timed("all statuses", () -> open(all)).longValue());
        RunDirectory run = all.get(0);
        timed(UPDATES + " writings of a status", () -> {
            for (int i = 0; i < UPDATES; i++) {
                run.update(status -> status.noted("so far"));
            }
            return null;
        });
        try (Stream<Path> files = Files.walk(folder)) {
            System.out.println("files and folders " + files.count());
        }
    }

    private static long open(List<RunDirectory> runs) throws IOException {
        long count = 0;
        for (RunDirectory run : runs) {
            count += run.status().state() == RunState.SUCCEEDED ? 1 : 0;
        }
        return count;
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        System.out.printf("%-28s %8.1f ms%n", what, (System.nanoTime() - start) / 1e6);
        return result;
    }

    private static String id(int number) {
        return String.format("sweep-20260101-%06d", number);
    }

    /** Copies of one run that has succeeded, a second apart. */
    private void fill() throws IOException {
        RunDirectory model = RunDirectory.create(RunConfig.preset("emoji-cpu"), folder);
        Status ended = model.update(status -> status.ended(RunState.SUCCEEDED, null));
        String status = Files.readString(model.path().resolve("status.json"));
        String config = Files.readString(model.path().resolve("config.json"));
        String created = ended.created().toString();
        for (int number = 0; number < RUNS; number++) {
            Path run = Files.createDirectory(folder.resolve(id(number)));
            String time = FIRST.plusSeconds(number).toString();
            Files.writeString(run.resolve("status.json"), status.replace(created, time));
            Files.writeString(run.resolve("config.json"), config);
            Files.createDirectory(run.resolve("checkpoints"));
        }
        for (String inside : List.of("samples", "checkpoints", "status.json", "config.json", ".lock")) {
            Files.delete(model.path().resolve(inside));
        }
        Files.delete(model.path());
        Files.delete(folder.resolve(".index"));
    }
}
