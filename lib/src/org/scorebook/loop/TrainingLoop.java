package org.scorebook.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.function.Predicate;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageSet;
import org.scorebook.data.Splits;
import org.scorebook.feed.ImageBatches;
import org.scorebook.folder.RunDirectory;
import org.scorebook.machine.Devices;
import org.scorebook.machine.StopSignal;
import org.scorebook.recipe.Recipe;
import org.scorebook.run.Training;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingListener;

/**
 * Trains a network on images and writes all that is known of it into a run's directory. A run that has a checkpoint goes on
 * from there as if it had never stopped: on a CPU with the same number of threads, bit for bit.
 */
public final class TrainingLoop implements Training {
    private static final long LARGEST_SET = 1L << 30; // bytes: on a device it takes memory from the network

    private final RunConfig config;
    private final RunDirectory directory;
    private final TrainingListener listener;
    private final Predicate<Device> onDevice;

    /**
     * @param config of the run
     * @param directory where everything goes, and where checkpoints may be
     * @param listener is told of each step
     */
    public TrainingLoop(RunConfig config, RunDirectory directory, TrainingListener listener) {
        this(config, directory, listener, Device::isGpu);
    }

    /** For tests, which train on a CPU as if it were a device beside the host. */
    TrainingLoop(RunConfig config, RunDirectory directory, TrainingListener listener, Predicate<Device> onDevice) {
        this.config = config;
        this.directory = directory;
        this.listener = listener;
        this.onDevice = onDevice;
    }

    /**
     * Trains to the end, or, with a checkpoint, until {@link StopSignal} is raised. A signal that comes when all is done changes
     * nothing.
     *
     * @throws IOException if the data or a checkpoint cannot be read, or something not written
     * @throws ArithmeticException if the loss is not finite; the last checkpoint is good
     */
    @Override
    public boolean run() throws IOException {
        Device device = Devices.resolve(config.device());
        if (config.threads() > 0) {
            Torch.useThreads(config.threads());
        }
        Splits splits = Recipe.data(config);
        try (NDManager manager = Torch.manager((int) config.seed(), device);
                RunTrainer trainer = new RunTrainer(config, splits.train(), manager, onDevice.test(device))) {
            Restart.fromNewest(trainer, Checkpoint.parentIn(directory.path()), directory, listener);
            try (ImageBatches batches = batches(splits.train(), trainer.manager(), onDevice.test(device))) {
                return new RunSteps(directory, trainer, batches, splits, listener).toTheEnd(device);
            }
        }
    }

    private ImageBatches batches(ImageSet set, NDManager manager, boolean isBeside) {
        ImageBatches batches = new ImageBatches(set, config.batchSize(), config.seed(), config.flip());
        boolean fits = set.size() * set.imageShape().size() <= LARGEST_SET;
        return isBeside && fits ? batches.on(manager) : batches;
    }
}
