package org.scorebook.generation;

import java.time.Duration;
import org.scorebook.base.Require;

/**
 * Draws images to order, on one device, in a thread of its own: the first order first, its tiles filled up with images of later
 * orders that are drawn alike. The bytes of an image follow from model, plan, number and label, whoever else orders what.
 */
public final class Generator implements AutoCloseable {
    private final OrderQueue queue;
    private final Thread thread;

    /**
     * Starts the thread.
     *
     * @param shelf of this generator alone, which closes it
     * @param capacity how many orders may wait or be drawn, at least 1
     */
    public Generator(ModelShelf shelf, int capacity) {
        Require.given("shelf", shelf);
        Require.atLeast("capacity", capacity, 1);
        queue = new OrderQueue(capacity);
        thread = new Thread(new TileWorker(queue, shelf), "scorebook-generation");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Takes an order, and returns at once.
     *
     * @throws QueueFullException if there is no place for it
     */
    public Ticket submit(Order order, GenerationListener listener) throws QueueFullException {
        OpenOrder open = new OpenOrder(Require.given("order", order), Require.given("listener", listener));
        queue.add(open);
        return new Ticket(queue, open);
    }

    /** How many orders are not finished. */
    public int waiting() {
        return queue.size();
    }

    /**
     * Takes no more orders, and waits for those there are.
     *
     * @return false if some were cancelled at the limit, or because this thread was interrupted, which it stays
     */
    public boolean drain(Duration limit) {
        queue.refuse();
        try {
            if (queue.awaitEmpty(limit)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.cancelAll();
        return false;
    }

    /** Cancels the orders that are left, ends the thread and frees the models; an interrupt ends the waiting for that. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
