package org.scorebook.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
import org.scorebook.train.LearningRate;
import org.scorebook.train.TrainingListener;
import org.scorebook.train.TrainingState;

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
            Restart.fromNewest(trainer, checkpoints(), directory, listener);
            return train(trainer, splits, device);
        }
    }

    private Path checkpoints() {
        return Checkpoint.parentIn(directory.path());
    }

    private boolean train(RunTrainer trainer, Splits splits, Device device) throws IOException {
        try (ImageBatches batches = batches(splits.train(), trainer.manager(), onDevice.test(device))) {
            EpochSteps steps = EpochSteps.of(config, batches.batchesPerEpoch());
            LearningRate rate = trainer.recipe().learningRate();
            RunReport report = new RunReport(config, directory, trainer, splits, steps);
            report.started(device, listener);
            Setback setback = new Setback(checkpoints(), directory);
            setback.prepare(trainer);
            StepGraphs graphs = new StepGraphs(trainer, directory);
            graphs.prepare(config, device);
            boolean seen = report.catchUp();
            String obstacle = null;
            boolean saved = !Checkpoint.list(checkpoints()).isEmpty();
            while (trainer.state().step() < steps.total() && !StopSignal.isRaised()) {
                graphs.look();
                trainer.beginIntervals(steps);
                TrainingState before = trainer.state();
                double[] rates = rates(before, rate, steps.total(), trainer.runsAhead() ? report.atOnce() : 1);
                steps.align(batches, before.step());
                double[] losses = trainer.steps(batches::next, rates);
                if (losses.length == 0) { // what stands in the way is found step by step
                    continue;
                }
                double loss = losses[losses.length - 1];
                saved = false;
                Optional<String> trouble = trainer.trouble();
                if (!trainer.obstacle().equals(obstacle)) {
                    obstacle = trainer.obstacle();
                    report.stepping(obstacle);
                }
                if (trouble.isPresent()) {
                    if (!Double.isFinite(loss)) {
                        directory.log(trainer.diagnosis());
                    }
                    setback.goBack(trainer, steps, trouble.get());
                    continue;
                }
                if (!Double.isFinite(loss)) {
                    throw new ArithmeticException("in step " + (before.step() + 1) + " " + trainer.diagnosis()
                            + ". Look for such values in the data, or train with a smaller lr or clip_norm"
                            + (Checkpoint.list(checkpoints()).isEmpty() ? "" : "; the last checkpoint is good"));
                }
                report.afterSteps(losses.length, rates[losses.length - 1]);
                long step = trainer.state().step();
                for (int i = 0; i < losses.length; i++) {
                    listener.step(before.step() + 1 + i, losses[i]);
                }
                if (step % config.checkpointInterval() == 0 || step == steps.total()) {
                    trainer.save(checkpoints());
                    saved = true;
                }
                seen = report.look();
            }
            report.ended();
            if (!saved) {
                trainer.save(checkpoints());
            }
            return seen && trainer.state().step() == steps.total();
        }
    }

    private ImageBatches batches(ImageSet set, NDManager manager, boolean isBeside) {
        ImageBatches batches = new ImageBatches(set, config.batchSize(), config.seed(), config.flip());
        boolean fits = set.size() * set.imageShape().size() <= LARGEST_SET;
        return isBeside && fits ? batches.on(manager) : batches;
    }

    private static double[] rates(TrainingState state, LearningRate rate, long total, int number) {
        return IntStream.range(0, number)
                .mapToDouble(i -> state.rateFactor() * rate.at(state.step() + i, total))
                .toArray();
    }
}
