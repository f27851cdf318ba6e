package org.scorebook.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that wait in threads of this process; TrainingJobTest has them in processes of their own. */
class DeviceQueueTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    private DeviceQueue queue;
    private ExecutorService threads;
    private final List<String> announced = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() {
        queue = new DeviceQueue(folder.resolve("queue"), "cuda:0");
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private Optional<DeviceQueue.Place> take(String id, int second) throws Exception {
        return queue.await(NOON.plusSeconds(second), id, () -> announced.add(id), () -> false);
    }

    private Future<Optional<DeviceQueue.Place>> waiting(String id, int second) throws Exception {
        Future<Optional<DeviceQueue.Place>> place = threads.submit(() -> take(id, second));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!announced.contains(id)) {
            assertTrue(System.nanoTime() < end, id + " does not wait");
            Thread.sleep(5);
        }
        return place;
    }

    private static DeviceQueue.Place soon(Future<Optional<DeviceQueue.Place>> place) throws Exception {
        return place.get(60, TimeUnit.SECONDS).orElseThrow();
    }

    private static void assertWaits(Future<Optional<DeviceQueue.Place>> place) {
        assertThrows(TimeoutException.class, () -> place.get(500, TimeUnit.MILLISECONDS));
    }

    @Test
    void aFreePlaceIsTakenAtOnceAndNothingIsLeftOfTheTicket() throws Exception {
        DeviceQueue.Place place = take("a", 0).orElseThrow();
        assertEquals(List.of("cuda-0.lock"), files());
        DeviceQueue other = new DeviceQueue(folder.resolve("queue"), "cuda:1");
        other.await(NOON, "b", () -> announced.add("b"), () -> false)
                .orElseThrow()
                .close();
        place.close();
        assertEquals(List.of("cuda-0.lock", "cuda-1.lock"), files());
        assertEquals(List.of(), announced);
    }

    /** Whoever asked first, the run that was created first has it first. */
    @Test
    void theEarlierRunGoesFirstAndEachSaysOnceThatItWaits() throws Exception {
        DeviceQueue.Place held = take("a", 0).orElseThrow();
        Future<Optional<DeviceQueue.Place>> late = waiting("c", 2);
        Future<Optional<DeviceQueue.Place>> early = waiting("b", 1);
        assertWaits(early);
        held.close();
        DeviceQueue.Place second = soon(early);
        assertWaits(late);
        second.close();
        soon(late).close();
        assertEquals(List.of("c", "b"), announced);
    }

    @Test
    void aTicketOfTheDeadHoldsNobodyUp() throws Exception {
        Files.createDirectories(folder.resolve("queue"));
        Path dead = folder.resolve("queue").resolve("cuda-0.%015d-dead.ticket".formatted(NOON.toEpochMilli()));
        Files.writeString(dead, "");
        take("a", 1).orElseThrow().close();
        assertFalse(Files.exists(dead));
    }

    @Test
    void whoIsToldToStopLeavesTheQueue() throws Exception {
        DeviceQueue.Place held = take("a", 0).orElseThrow();
        boolean[] stop = {false};
        assertEquals(Optional.empty(), queue.await(NOON.plusSeconds(1), "b", () -> stop[0] = true, () -> stop[0]));
        assertEquals(List.of("cuda-0.lock"), files());
        held.close();
    }

    private List<String> files() throws Exception {
        try (Stream<Path> inside = Files.list(folder.resolve("queue"))) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
