package org.scorebook.feed;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/** A thread that prepares batches ahead of whoever takes them, at most a few. It calls no engine, only plain Java. */
final class BatchFeeder implements AutoCloseable {
    static final String THREAD = "scorebook-batches";
    private static final int AHEAD = 3;

    private final BlockingQueue<Prepared> queue = new ArrayBlockingQueue<>(AHEAD);
    private final EpochOrder order;
    private final Filler filler;
    private final int imageSize;
    private final Thread thread;

    /** Writes one image into its place among those of a batch. */
    @FunctionalInterface
    interface Filler {
        void fill(int row, boolean flip, float[] target, int place);
    }

    /** A batch, or what went wrong with it. */
    record Prepared(int[] rows, float[] values, Throwable failure) {}

    /** Starts with a given batch of a given epoch and goes on for ever. */
    BatchFeeder(EpochOrder order, Filler filler, int imageSize, int epoch, int batch) {
        this.order = order;
        this.filler = filler;
        this.imageSize = imageSize;
        thread = new Thread(() -> feed(epoch, batch), THREAD);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The next batch, in order.
     *
     * @throws CancellationException if the caller was interrupted; the interrupt is used up
     * @throws IllegalStateException if the batch could not be prepared; nothing comes after it
     */
    Prepared take() {
        try {
            Prepared prepared = queue.take();
            if (prepared.failure != null) {
                throw new IllegalStateException("a batch could not be prepared: " + prepared.failure, prepared.failure);
            }
            return prepared;
        } catch (InterruptedException e) {
            throw new CancellationException("waiting for a batch was interrupted");
        }
    }

    private void feed(int firstEpoch, int firstBatch) {
        try {
            int batch = firstBatch;
            for (int epoch = firstEpoch; ; epoch++) {
                int[] rows = order.rows(epoch);
                for (; batch < order.batches(); batch++) {
                    Prepared prepared = prepared(epoch, order.rows(rows, batch));
                    queue.put(prepared);
                    if (prepared.failure != null) {
                        return;
                    }
                }
                batch = 0;
            }
        } catch (InterruptedException e) {
            // closed: the thread ends
        }
    }

    private Prepared prepared(int epoch, int[] rows) {
        try {
            float[] values = new float[rows.length * imageSize];
            for (int i = 0; i < rows.length; i++) {
                filler.fill(rows[i], order.flipped(epoch, rows[i]), values, i);
            }
            return new Prepared(rows, values, null);
        } catch (RuntimeException | Error e) {
            return new Prepared(null, null, e);
        }
    }

    /** Returns when the thread has ended. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
