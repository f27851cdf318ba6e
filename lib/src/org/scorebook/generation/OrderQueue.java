package org.scorebook.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.generation.QueueFullException.Reason;

/** The orders that are not finished, the first first. Any thread may use it. */
final class OrderQueue {
    private final int capacity;
    private final List<OpenOrder> orders = new ArrayList<>();
    private boolean refusing;
    private boolean closed;

    OrderQueue(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(OpenOrder order) throws QueueFullException {
        if (refusing) {
            throw new QueueFullException(Reason.STOPPING, "no more orders are taken: the generator stops");
        }
        if (orders.size() >= capacity) {
            throw new QueueFullException(
                    Reason.BUSY, "all " + capacity + " places for orders are taken: try again in a while");
        }
        orders.add(order);
        notifyAll();
    }

    /**
     * Takes an order out.
     *
     * @param word to its future: who hears it finds its place free
     */
    synchronized void end(OpenOrder order, Runnable word) {
        orders.remove(order);
        word.run();
        notifyAll();
    }

    synchronized int size() {
        return orders.size();
    }

    synchronized int position(OpenOrder order) {
        return Math.max(0, orders.indexOf(order));
    }

    /** All orders, as soon as there is one; none after {@link #close}. */
    synchronized List<OpenOrder> await() throws InterruptedException {
        while (orders.isEmpty() && !closed) {
            wait();
        }
        return List.copyOf(orders);
    }

    /** Takes no more. */
    synchronized void refuse() {
        refusing = true;
    }

    /** Waits until none is left; false if that takes longer. */
    synchronized boolean awaitEmpty(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!orders.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    /** Cancels all. */
    synchronized void cancelAll() {
        orders.forEach(OpenOrder::cancel);
        orders.clear();
        notifyAll();
    }

    /** Cancels all, takes no more, and lets go who waits for one. */
    synchronized void close() {
        refuse();
        closed = true;
        cancelAll();
    }
}
