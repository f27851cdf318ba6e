package org.scorebook.generation;

import java.util.concurrent.CompletableFuture;

/** Keeps a generator at work on an order of its own until its end: what is ordered before it waits together. */
final class Busy {
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Busy(Generator generator) throws QueueFullException {
        generator.submit(Orders.energy(1, 1), progress -> end.join());
    }

    void end() {
        end.complete(null);
    }
}
