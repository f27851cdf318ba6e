package org.scorebook.run;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.Progressed;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;
import org.scorebook.machine.StopSignal;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingListener;

/**
 * A stand-in for a training loop, and a program that runs it in a run directory. {@code max_batches_per_epoch} is the number
 * of steps, of 10 ms each; {@code data_dir} may say {@code fail}, {@code held} for one
 * whose checkpoint takes until there is a file {@code go} in its folder, or {@code late} for one that waits for a signal when all is done.
 */
final class SlowTraining implements Training {
    static final Launcher LAUNCHER = new LocalLauncher(List.of(SlowTraining.class.getName()));

    private final RunConfig config;
    private final RunDirectory directory;
    private final TrainingListener listener;

    SlowTraining(RunConfig config, RunDirectory directory, TrainingListener listener) {
        this.config = config;
        this.directory = directory;
        this.listener = listener;
    }

    public static void main(String[] args) throws IOException {
        Status ended = RunProcess.run(RunDirectory.open(Path.of(args[0])), SlowTraining::new, (step, loss) -> {});
        System.exit(ended.state() == RunState.FAILED ? 1 : StopSignal.exitCode());
    }

    static RunConfig config(int steps) {
        return RunConfig.defaults()
                .with(Map.of("run_name", "slow", "max_batches_per_epoch", steps, "log_interval", 1, "device", "cpu"));
    }

    @Override
    public boolean run() throws IOException, InterruptedException {
        int total = config.maxBatchesPerEpoch();
        long step = start();
        directory.progress(new Progressed(step, total, 0, 0));
        while (step < total && !StopSignal.isRaised()) {
            Thread.sleep(10);
            step++;
            if ("fail".equals(config.dataDir()) && step == 3) {
                throw new IllegalStateException("the loss is NaN at step 3; a smaller lr may help\n  at C++ frame");
            }
            listener.step(step, 1.0 / step);
            directory.appendMetrics(Map.of("step", step, "train_loss", 1.0 / step));
            directory.progress(new Progressed(step, total, 0, 100));
        }
        long last = step;
        while ("held".equals(config.dataDir())
                && Files.notExists(directory.path().resolve("go"))) {
            Thread.sleep(10);
        }
        Checkpoint.write(directory.path().resolve("checkpoints"), last, Map.of(), Map.of("step", Long.toString(last)));
        directory.writeSamples(last, png());
        directory.update(status -> status.at(new Progressed(last, total, 1, 100)));
        while ("late".equals(config.dataDir()) && !StopSignal.isRaised()) {
            Thread.sleep(10);
        }
        return last == total;
    }

    private long start() throws IOException {
        if (directory.latestCheckpoint().isEmpty()) {
            return 0;
        }
        long step = Long.parseLong(
                Files.readString(directory.latestCheckpoint().get().resolve("step.json")));
        directory.truncateMetrics(step);
        return step;
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
