package org.scorebook.recipe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.scorebook.base.Require;
import org.scorebook.sample.Samples;
import org.scorebook.sample.StepListener;

/**
 * Draws many images in batches, so that memory does not grow with their number. Up to rounding, an image does not depend on
 * the batches.
 *
 * @param model to draw from
 * @param plan how
 * @param batchSize images drawn together, at least 1
 */
public record Drawing(TrainedModel model, SamplingPlan plan, int batchSize) {
    /** What the listener is told is being done. */
    public static final String WORK = "drawing";

    public Drawing {
        Require.atLeast("batchSize", batchSize, 1);
    }

    /** Takes the images as they come. */
    @FunctionalInterface
    public interface Sink {
        /** @param images the next ones, of shape (B, C, H, W), about from -1 to 1; closed after the call */
        void take(NDArray images) throws IOException;
    }

    /**
     * Draws.
     *
     * @param manager on the model's device
     * @param labels one an image, from 0; the number of classes for no class
     * @param work is told how many images are done
     * @return how often the network was evaluated for an image; guidance by a class other than 0 and 1 takes two at a time
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; the interrupt is used up
     */
    public long run(NDManager manager, int[] labels, ProgressListener work, Sink sink) throws IOException {
        int steps = plan.loopSteps(model.recipe());
        long evaluations = 0;
        for (int first = 0; first < labels.length; first += batchSize) {
            int[] some = Arrays.copyOfRange(labels, first, Math.min(labels.length, first + batchSize));
            int before = first;
            StepListener listener =
                    (index, time, x) -> work.at(WORK, before + (long) some.length * (index + 1) / steps, labels.length);
            try (NDManager arrays = manager.newSubManager()) {
                List<PlannedImage> images = PlannedImage.from(first, plan.seed(), some);
                Samples samples = model.draw(plan, arrays, listener, images);
                evaluations = Math.max(evaluations, samples.evaluations());
                sink.take(samples.points());
            }
        }
        return evaluations;
    }
}
