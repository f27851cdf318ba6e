package org.scorebook.recipe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.scorebook.base.Require;
import org.scorebook.sample.Samples;
import org.scorebook.sample.StepListener;

/**
 * Draws many images in batches, so that memory does not grow with their number. Up to rounding, an image does not depend on
 * the batches; with one size of batch, on one processor, it is the same to the last bit in whichever share it is drawn.
 *
 * @param model to draw from
 * @param plan how
 * @param batchSize images drawn together, at least 1
 * @param shard which of the batches
 */
public record Drawing(TrainedModel model, SamplingPlan plan, int batchSize, Shard shard) {
    /** What the listener is told is being done. */
    public static final String WORK = "drawing";

    private static final int MEASURED = 4;

    public Drawing {
        Require.atLeast("batchSize", batchSize, 1);
        Require.given("shard", shard);
    }

    /** Of all images. */
    public Drawing(TrainedModel model, SamplingPlan plan, int batchSize) {
        this(model, plan, batchSize, Shard.WHOLE);
    }

    /** Takes the images as they come. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Called for each batch.
         *
         * @param first the number of its first image
         * @param images of shape (B, C, H, W), about from -1 to 1; closed after the call
         */
        void take(int first, NDArray images) throws IOException;

        /**
         * Whether it has the images of a batch already, which is not drawn then.
         *
         * @param first the number of its first image
         * @param number how many there are in it
         */
        default boolean has(int first, int number) {
            return false;
        }
    }

    /**
     * Draws.
     *
     * @param manager on the model's device
     * @param labels one an image of all shares, from 0; the number of classes for no class
     * @param work is told how many images of this share are done
     * @return how often the network was evaluated for an image, 0 where none was to be drawn; guidance by a class other than 0
     *     and 1 takes two at a time
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public long run(NDManager manager, int[] labels, ProgressListener work, Sink sink) throws IOException {
        int steps = plan.loopSteps(model.recipe());
        int all = number(labels.length);
        int done = 0;
        long evaluations = 0;
        for (int first : shard.firsts(labels.length, batchSize)) {
            int[] some = Arrays.copyOfRange(labels, first, Math.min(labels.length, first + batchSize));
            int before = done;
            done += some.length;
            if (sink.has(first, some.length)) {
                work.at(WORK, done, all);
                continue;
            }
            StepListener listener =
                    (index, time, x) -> work.at(WORK, before + (long) some.length * (index + 1) / steps, all);
            try (NDManager arrays = manager.newSubManager()) {
                List<PlannedImage> images = PlannedImage.from(first, plan.seed(), some);
                Samples samples = model.draw(plan, arrays, listener, images);
                evaluations = Math.max(evaluations, samples.evaluations());
                sink.take(first, samples.points());
            }
        }
        return evaluations;
    }

    /** How many images the share has of so many. */
    public int number(int all) {
        return IntStream.of(shard.firsts(all, batchSize))
                .map(first -> Math.min(batchSize, all - first))
                .sum();
    }

    /**
     * About how many seconds {@link #run} will take, going by the fastest of the first steps: the engine warms up in the others.
     *
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public double seconds(NDManager manager, int... labels) {
        return seconds(manager, System::nanoTime, labels);
    }

    double seconds(NDManager manager, LongSupplier nanos, int... labels) {
        int steps = plan.loopSteps(model.recipe());
        int[] some = Arrays.copyOf(labels, Math.min(labels.length, batchSize));
        long[] times = new long[Math.min(steps, MEASURED) + 1];
        StepListener clock = (index, time, x) -> {
            x.sum().getFloat(); // waits until it is computed
            times[index + 1] = nanos.getAsLong();
            if (index + 2 == times.length) {
                throw new CancellationException("enough is known");
            }
        };
        try (NDManager arrays = manager.newSubManager()) {
            model.draw(plan, arrays, clock, PlannedImage.from(0, plan.seed(), some));
        } catch (CancellationException e) {
            if (times[times.length - 1] == 0) {
                throw e; // from elsewhere
            }
        }
        long step = IntStream.range(1, times.length)
                .mapToLong(i -> times[i] - times[i - 1])
                .min()
                .orElseThrow();
        return step / 1e9 * steps * number(labels.length) / some.length;
    }
}
