package org.scorebook.generation;

import java.util.concurrent.CompletableFuture;

/** An order and what is drawn of it so far. But for its future, only the thread that draws uses it. */
final class OpenOrder {
    private final Order order;
    private final GenerationListener listener;
    private final CompletableFuture<Result> future = new CompletableFuture<>();

    OpenOrder(Order order, GenerationListener listener) {
        this.order = order;
        this.listener = listener;
    }

    CompletableFuture<Result> future() {
        return future;
    }

    void cancel() {
        future.cancel(false);
    }
}
