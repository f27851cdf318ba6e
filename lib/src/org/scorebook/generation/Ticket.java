package org.scorebook.generation;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the one who placed an order holds. Any thread may use it. */
public final class Ticket {
    private final OrderQueue queue;
    private final OpenOrder order;

    Ticket(OrderQueue queue, OpenOrder order) {
        this.queue = queue;
        this.order = order;
    }

    /**
     * Waits until the order is finished.
     *
     * @throws TimeoutException if it is not within the limit; it goes on
     * @throws CancellationException if it was cancelled, by {@link #cancel} or with the generator
     * @throws ExecutionException if it failed; its cause says why: an {@link IllegalArgumentException} where plan or labels do
     *     not suit the model, an {@link java.io.IOException} where the model cannot be loaded, and others
     */
    public Result await(Duration limit) throws InterruptedException, TimeoutException, ExecutionException {
        return order.future().get(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the order within a step of the sampler, where it is not finished; nothing more of it is drawn. */
    public void cancel() {
        queue.end(order, order::cancel);
    }

    /** How many orders that are not finished were there before this one; 0 for one that is finished. */
    public int position() {
        return queue.position(order);
    }
}
