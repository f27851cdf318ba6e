package org.scorebook.feed;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.scorebook.base.Require;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;

/**
 * The batches of a training, epoch after epoch without end: each epoch has an order of its own, and rows that do not fill a batch
 * are left out of it. They are prepared ahead by another thread or, after {@link #on}, gathered on a device. Close it to end the
 * thread, or to free the device's memory.
 *
 * <p>All there is to save is {@link #epoch()} and {@link #batch()}: order and mirroring follow from the seed, so that
 * {@link #startAt} goes on exactly.
 *
 * <pre>{@code
 * try (ImageBatches batches = new ImageBatches(set, 128, 1, true)) {
 *     while (batches.epoch() < 10) {
 *         try (NDManager step = manager.newSubManager()) {
 *             Batch batch = batches.next(step);
 *             ...
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>One thread at a time may use it.
 */
public final class ImageBatches implements AutoCloseable {
    private final ImageSet set;
    private final EpochOrder order;
    private final BatchFeeder.Filler filler;
    private BatchFeeder feeder;
    private ResidentImages resident;
    private int[] epochRows;
    private int epochOfRows = -1;
    private boolean closed;
    private int epoch;
    private int batch;

    /**
     * @param set the images
     * @param batchSize B, from 1 to the size of the set
     * @param seed of order and mirroring
     * @param flip whether each image is mirrored, left to right, by an even chance that is drawn anew each epoch
     */
    public ImageBatches(ImageSet set, int batchSize, long seed, boolean flip) {
        this(set, new EpochOrder(Require.given("set", set).size(), batchSize, seed, flip), set::fill);
        if (batchSize > set.size()) {
            throw new IllegalArgumentException(
                    "batchSize must be at most the size of the set, " + set.size() + ", but is " + batchSize);
        }
    }

    /** For tests, which make the filling fail. */
    ImageBatches(ImageSet set, EpochOrder order, BatchFeeder.Filler filler) {
        Require.atLeast("batchSize", order.batchSize(), 1);
        this.set = set;
        this.order = order;
        this.filler = filler;
    }

    /**
     * Lets the set lie on a device, one byte a value, and gathers batches there: the same ones, number by number.
     *
     * @param manager of arrays on that device
     */
    public ImageBatches on(NDManager manager) {
        Require.given("manager", manager);
        stop();
        leave();
        resident = new ResidentImages(set, manager);
        return this;
    }

    /** How many batches an epoch has. */
    public int batchesPerEpoch() {
        return order.batches();
    }

    /** The epoch of the next batch, from 0. */
    public int epoch() {
        return epoch;
    }

    /** The number of the next batch within its epoch, from 0. */
    public int batch() {
        return batch;
    }

    /**
     * Goes to any batch, back or ahead; the next one is the same as if all before it had been taken.
     *
     * @param newEpoch 0 or more
     * @param newBatch from 0 to batchesPerEpoch - 1
     */
    public void startAt(int newEpoch, int newBatch) {
        Require.atLeast("newEpoch", newEpoch, 0);
        Require.index("newBatch", newBatch, batchesPerEpoch());
        stop();
        epoch = newEpoch;
        batch = newBatch;
    }

    /**
     * The next batch. Should it fail, this stays where it is, and the next call tries the same batch again.
     *
     * @param manager owner of the images
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     * @throws IllegalStateException if this is closed, or the batch could not be prepared, with the cause
     */
    public Batch next(NDManager manager) {
        if (closed) {
            throw new IllegalStateException("these batches are closed");
        }
        try {
            Batch next = resident == null ? fed(manager) : gathered(manager);
            advance();
            return next;
        } catch (RuntimeException | Error e) {
            stop(); // so that the next call starts here, and not where the thread has got to
            throw e;
        }
    }

    private Batch fed(NDManager manager) {
        if (feeder == null) {
            feeder = new BatchFeeder(
                    order, filler, Math.toIntExact(set.imageShape().size()), epoch, batch);
        }
        BatchFeeder.Prepared prepared = feeder.take();
        Shape shape = new Shape(prepared.rows().length, set.channels(), set.height(), set.width());
        return new Batch(manager.create(prepared.values(), shape), labels(prepared.rows()));
    }

    private Batch gathered(NDManager manager) {
        if (epochOfRows != epoch) {
            epochRows = order.rows(epoch);
            epochOfRows = epoch;
        }
        int[] rows = order.rows(epochRows, batch);
        boolean[] mirrored = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            mirrored[i] = order.flipped(epoch, rows[i]);
        }
        return new Batch(resident.images(manager, rows, mirrored), labels(rows));
    }

    private int[] labels(int... rows) {
        return Arrays.stream(rows).map(set::label).toArray();
    }

    private void advance() {
        batch++;
        if (batch == batchesPerEpoch()) {
            batch = 0;
            epoch++;
        }
    }

    private void stop() {
        if (feeder != null) {
            feeder.close();
            feeder = null;
        }
    }

    /** Ends the thread, and returns when it has ended. */
    @Override
    public void close() {
        closed = true;
        stop();
        leave();
    }

    private void leave() {
        if (resident != null) {
            resident.close();
            resident = null;
        }
    }
}
