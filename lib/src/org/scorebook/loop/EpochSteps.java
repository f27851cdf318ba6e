package org.scorebook.loop;

import java.util.List;
import java.util.stream.Stream;
import org.scorebook.config.RunConfig;
import org.scorebook.feed.ImageBatches;

/**
 * How the steps of a training are laid over the batches of its epochs.
 *
 * @param perEpoch steps in an epoch
 * @param batchesPerStep whose gradients make one step
 * @param logInterval steps between two lines of the metrics
 * @param intervals after which something is looked at or saved, in steps, of any of them
 * @param total steps of the whole training
 */
record EpochSteps(int perEpoch, int batchesPerStep, int logInterval, List<Integer> intervals, long total) {
    /** @param batches that an epoch of the data has */
    static EpochSteps of(RunConfig config, int batches) {
        int used = config.maxBatchesPerEpoch() == 0 ? batches : Math.min(batches, config.maxBatchesPerEpoch());
        int perEpoch = used / config.gradientAccumulation();
        if (perEpoch == 0) {
            throw new IllegalArgumentException("gradient_accumulation must be at most the " + used
                    + " batches of an epoch, but is " + config.gradientAccumulation());
        }
        List<Integer> intervals = Stream.of(
                        perEpoch, config.logInterval(), config.checkpointInterval(), config.sampleInterval())
                .filter(interval -> interval > 0)
                .toList();
        return new EpochSteps(
                perEpoch,
                config.gradientAccumulation(),
                config.logInterval(),
                intervals,
                (long) perEpoch * config.epochs());
    }

    /** How many steps there are until something is looked at or saved, or the training ends. */
    int untilLook(long step) {
        long end = total - step;
        for (int interval : intervals) {
            end = Math.min(end, interval - step % interval);
        }
        return Math.toIntExact(end);
    }

    /** The epochs that are whole after so many steps. */
    int epoch(long step) {
        return Math.toIntExact(step / perEpoch);
    }

    /** Whether an epoch is whole after so many steps. */
    boolean endsEpoch(long step) {
        return step % perEpoch == 0;
    }

    /** Whether the metrics have a line for the last of so many steps, whatever follows. */
    boolean isLogged(long step) {
        return step % logInterval == 0;
    }

    /** Makes the next batch the first one of the step that follows so many steps. */
    void align(ImageBatches batches, long step) {
        int batch = Math.toIntExact(step % perEpoch) * batchesPerStep;
        if (batches.epoch() != epoch(step) || batches.batch() != batch) {
            batches.startAt(epoch(step), batch);
        }
    }
}
