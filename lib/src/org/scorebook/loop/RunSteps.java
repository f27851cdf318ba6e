package org.scorebook.loop;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.feed.ImageBatches;
import org.scorebook.folder.RunDirectory;
import org.scorebook.machine.StopSignal;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.LearningRate;
import org.scorebook.train.TrainingListener;
import org.scorebook.train.TrainingState;

/** The way of a training from where it stands to its end, or to where {@link StopSignal} is raised. */
final class RunSteps {
    private final RunConfig config;
    private final RunDirectory directory;
    private final TrainingListener listener;
    private final RunTrainer trainer;
    private final ImageBatches batches;
    private final EpochSteps steps;
    private final LearningRate rate;
    private final RunReport report;
    private final Setback setback;
    private final StepGraphs graphs;
    private String obstacle;
    private boolean saved;
    private boolean seen;

    RunSteps(
            RunDirectory directory,
            RunTrainer trainer,
            ImageBatches batches,
            Splits splits,
            TrainingListener listener) {
        this.config = trainer.config();
        this.directory = directory;
        this.listener = listener;
        this.trainer = trainer;
        this.batches = batches;
        steps = EpochSteps.of(config, batches.batchesPerEpoch());
        rate = trainer.recipe().learningRate();
        report = new RunReport(config, directory, trainer, splits, steps);
        setback = new Setback(checkpoints(), directory);
        graphs = new StepGraphs(trainer, directory);
    }

    private Path checkpoints() {
        return Checkpoint.parentIn(directory.path());
    }

    /**
     * Goes it.
     *
     * @return whether it was gone to the end, and nothing was left out that is to be seen of it
     */
    boolean toTheEnd(Device device) throws IOException {
        report.started(device, listener);
        setback.prepare(trainer);
        graphs.prepare(config, device);
        seen = report.catchUp();
        saved = !Checkpoint.list(checkpoints()).isEmpty();
        while (!isDone() && !StopSignal.isRaised()) {
            graphs.look();
            trainer.beginIntervals(steps);
            stride(trainer.state());
        }
        report.ended();
        if (!saved) {
            trainer.save(checkpoints());
        }
        return seen && isDone();
    }

    private boolean isDone() {
        return trainer.state().step() >= steps.total();
    }

    /** As many steps as may be taken before anybody looks. */
    private void stride(TrainingState before) throws IOException {
        double[] rates = rates(before, trainer.runsAhead() ? report.atOnce() : 1);
        steps.align(batches, before.step());
        double[] losses = trainer.steps(batches::next, rates);
        if (losses.length == 0) { // what stands in the way is found step by step
            return;
        }
        saved = false;
        Optional<String> trouble = trainer.trouble();
        tellHow();
        boolean isFinite = Double.isFinite(losses[losses.length - 1]);
        if (trouble.isPresent()) {
            if (!isFinite) {
                directory.log(trainer.diagnosis());
            }
            setback.goBack(trainer, steps, trouble.get());
        } else if (isFinite) {
            tell(before, rates, losses);
        } else {
            throw new ArithmeticException("in step " + (before.step() + 1) + " " + trainer.diagnosis()
                    + ". Look for such values in the data, or train with a smaller lr or clip_norm"
                    + (Checkpoint.list(checkpoints()).isEmpty() ? "" : "; the last checkpoint is good"));
        }
    }

    private double[] rates(TrainingState state, int number) {
        return IntStream.range(0, number)
                .mapToDouble(i -> state.rateFactor() * rate.at(state.step() + i, steps.total()))
                .toArray();
    }

    private void tellHow() throws IOException {
        if (!trainer.obstacle().equals(obstacle)) {
            obstacle = trainer.obstacle();
            report.stepping(obstacle);
        }
    }

    private void tell(TrainingState before, double[] rates, double... losses) throws IOException {
        report.afterSteps(losses.length, rates[losses.length - 1]);
        for (int i = 0; i < losses.length; i++) {
            listener.step(before.step() + 1 + i, losses[i]);
        }
        if (trainer.state().step() % config.checkpointInterval() == 0 || isDone()) {
            trainer.save(checkpoints());
            saved = true;
        }
        seen = report.look();
    }
}
