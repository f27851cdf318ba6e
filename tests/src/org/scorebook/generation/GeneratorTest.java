package org.scorebook.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.generation.Orders.result;
import static org.scorebook.generation.Orders.submit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.folder.ModelSource;
import org.scorebook.generation.QueueFullException.Reason;
import org.scorebook.recipe.SamplingPlan;

/** What becomes of orders. */
class GeneratorTest {
    private static final int[] ONE = {1};

    private final Generator generator = new Generator(new ModelShelf("cpu"), 3);

    @AfterEach
    void close() {
        generator.close();
    }

    @Test
    void aFullQueueRefuses() throws Exception {
        Ticket first = submit(generator, Orders.slow(1));
        submit(generator, Orders.slow(1));
        Ticket last = submit(generator, Orders.ddim(1, 1));
        assertEquals(0, first.position());
        assertEquals(2, last.position());
        QueueFullException refusal = assertThrows(QueueFullException.class, () -> submit(generator, Orders.ddim(1, 1)));
        assertEquals(Reason.BUSY, refusal.reason());
        assertEquals("all 3 places for orders are taken: try again in a while", refusal.getMessage());
        first.cancel();
        assertEquals(1, last.position());
        assertEquals(2, generator.waiting());
        submit(generator, Orders.ddim(1, 1));
    }

    /** Of thousands of steps, minutes even where it is quick, few are done when it is cancelled, and none is done later. */
    @Test
    void aCancelledOrderStopsAndOthersGoOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Ticket cancelled = generator.submit(Orders.slow(new int[1000]), progress -> begun.countDown());
        Ticket next = submit(generator, Orders.ddim(1, 1));
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        assertThrows(TimeoutException.class, () -> cancelled.await(Duration.ZERO));
        cancelled.cancel();
        assertThrows(CancellationException.class, () -> result(cancelled));
        assertEquals(1, next.await(Duration.ofMinutes(1)).images().size());
        cancelled.cancel();
        assertEquals(0, generator.waiting());
    }

    /** The tile goes on for the other. */
    @Test
    void oneOfATileIsCancelled() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        Order order = new Order(Orders.DIFFUSION, new SamplingPlan("ddim", 40, 2, 1), ONE);
        Busy busy = new Busy(generator);
        Ticket cancelled = generator.submit(order, progress -> {
            begun.countDown();
            gone.join();
        });
        Ticket other = submit(generator, order);
        busy.end();
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        cancelled.cancel();
        gone.complete(null);
        assertEquals(80, result(other).evaluations());
        assertThrows(CancellationException.class, () -> result(cancelled));
    }

    @Test
    void whatDoesNotSuitTheModelFailsAlone(@TempDir Path folder) throws Exception {
        assertFails(
                new Order(Orders.DIFFUSION, new SamplingPlan("langevin", 3, 2, 1), ONE),
                "sampler must be ddpm, ddim, heun or dpm-solver for a network that was trained on time steps, but is langevin");
        assertFails(
                new Order(Orders.DIFFUSION, new SamplingPlan("ddim", 1001, 2, 1), ONE),
                "steps must be at most the 1000 time steps that the network was trained on, but is 1001");
        assertFails(Orders.ddim(1, 0, 11), "labels must be from 0 to 9, or 10 for no class, but are up to 11");
        Ticket gone = submit(
                generator,
                new Order(new ModelSource.Folder(folder), Orders.ddim(1, 1).plan(), ONE));
        assertInstanceOf(IOException.class, failure(gone).getCause());
        result(submit(generator, Orders.ddim(1, 1)));
    }

    private void assertFails(Order order, String sentence) throws Exception {
        Ticket bad = submit(generator, order);
        Ticket good = submit(generator, Orders.ddim(1, 1));
        Throwable cause = failure(bad).getCause();
        assertInstanceOf(IllegalArgumentException.class, cause);
        assertEquals(sentence, cause.getMessage());
        assertEquals(1, result(good).images().size());
    }

    private static ExecutionException failure(Ticket ticket) {
        return assertThrows(ExecutionException.class, () -> result(ticket));
    }

    /** An error, such as memory that gives out, in the tile of both. */
    @Test
    void whatSpoilsATileFailsAlone() throws Exception {
        Busy busy = new Busy(generator);
        Ticket good = submit(generator, Orders.ddim(2, 2));
        Ticket bad = generator.submit(Orders.ddim(1, 1), progress -> {
            throw new OutOfMemoryError("in a test");
        });
        busy.end();
        assertEquals("in a test", failure(bad).getCause().getMessage());
        assertEquals(1, result(good).images().size());
    }

    @Test
    void draining() throws Exception {
        Ticket ticket = submit(generator, Orders.ddim(1, 1));
        assertTrue(generator.drain(Duration.ofMinutes(1)));
        assertEquals(1, ticket.await(Duration.ofSeconds(1)).images().size());
        QueueFullException refusal = assertThrows(QueueFullException.class, () -> submit(generator, Orders.ddim(1, 1)));
        assertEquals(Reason.STOPPING, refusal.reason());
    }

    @Test
    void whatIsNotDrainedInTimeIsCancelled() throws Exception {
        Ticket ticket = submit(generator, Orders.slow(1));
        assertFalse(generator.drain(Duration.ofMillis(50)));
        assertThrows(CancellationException.class, () -> result(ticket));
        assertTrue(generator.drain(Duration.ZERO));
    }

    @Test
    void closingCancels() throws Exception {
        Ticket ticket = submit(generator, Orders.slow(1));
        generator.close();
        assertThrows(CancellationException.class, () -> result(ticket));
        assertThrows(QueueFullException.class, () -> submit(generator, Orders.ddim(1, 1)));
    }
}
