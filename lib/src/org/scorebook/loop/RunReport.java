package org.scorebook.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.folder.Progressed;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunText;
import org.scorebook.machine.StopSignal;
import org.scorebook.plot.ImageGrid;
import org.scorebook.plot.Picture;
import org.scorebook.train.TrainingListener;

/**
 * What a training tells of itself: progress, metrics, losses of each epoch, grids of samples. It only looks: what is saved is the
 * same without it.
 */
final class RunReport {
    private static final int GRID_SCALE = 2;

    private final RunConfig config;
    private final RunDirectory directory;
    private final RunTrainer trainer;
    private final Splits splits;
    private final EpochSteps steps;
    private final Pace pace;

    RunReport(RunConfig config, RunDirectory directory, RunTrainer trainer, Splits splits, EpochSteps steps) {
        this.config = config;
        this.directory = directory;
        this.trainer = trainer;
        this.splits = splits;
        this.steps = steps;
        pace = new Pace((long) config.batchSize() * config.gradientAccumulation());
    }

    /**
     * To be called before the first step. The line of metrics at the end of a training that now goes on for longer is dropped
     * where no line is due there: the next one tells of its steps too, as in a training of that length. Its grid of samples stays.
     *
     * @param listener is told what there is to remark on the data
     */
    void started(Device device, TrainingListener listener) throws IOException {
        long step = trainer.state().step();
        if (step < steps.total() && !steps.isLogged(step)) {
            directory.truncateMetrics(step - 1);
        }
        directory.writeLossHistory(directory.lossHistory().first(steps.epoch(step)));
        directory.progress(progressed());
        directory.log("training " + trainer.network().size() + " parameters on " + splits.train() + " for "
                + steps.total() + " steps on " + device + " in " + trainer.precision());
        String remark = splits.train().remark();
        if (!remark.isEmpty()) {
            directory.log(remark);
            listener.remark(remark);
        }
    }

    /**
     * Says how steps are computed from now on.
     *
     * @param obstacle to one native call for each; empty for none
     */
    void stepping(String obstacle) throws IOException {
        directory.log(RunText.steps(directory.update(status -> status.stepping(obstacle))));
    }

    /** To be called after steps, with the learning rate that the last one took. */
    void afterSteps(int number, double lr) throws IOException {
        long step = trainer.state().step();
        pace.steps(number);
        if (steps.isLogged(step) || step == steps.total()) {
            metrics(step, lr);
        }
        if (directory.progress(progressed())) {
            directory.keepConfig(config);
        }
    }

    /** How many steps may be taken without a look: no more than in a second, so that progress is seen and a signal heard. */
    int atOnce() {
        return Math.min(steps.untilLook(trainer.state().step()), pace.stepsIn(1));
    }

    /**
     * Losses of an epoch that has ended with the last step, and a grid of samples, where one is due. To be called after the
     * checkpoint of this step was saved, where one was: both take long, and break off at a {@link StopSignal}.
     *
     * @return whether neither was broken off
     */
    boolean look() throws IOException {
        long step = trainer.state().step();
        return (!steps.endsEpoch(step) || losses(step)) & (!areSamplesDue(step) || samples(step));
    }

    /**
     * What a process that ended between the checkpoint and {@link #look} has left undone.
     *
     * @return whether all of it is done now
     */
    boolean catchUp() throws IOException {
        long step = trainer.state().step();
        boolean seen = trainer.state().epochLoss().count() > 0; // older checkpoints were saved without this mean
        boolean lacksLosses =
                steps.endsEpoch(step) && seen && directory.lossHistory().done() < steps.epoch(step);
        boolean lacksSamples = step > 0 && areSamplesDue(step) && !directory.hasSamples(step);
        return (!lacksLosses || losses(step)) & (!lacksSamples || samples(step));
    }

    private boolean areSamplesDue(long step) {
        return config.sampleInterval() > 0 && (step % config.sampleInterval() == 0 || step == steps.total());
    }

    /** To be called when no more steps follow: the last of them may not have been said yet. */
    void ended() throws IOException {
        directory.progressNow(progressed());
        directory.keepConfig(config);
    }

    private Progressed progressed() {
        long step = trainer.state().step();
        return new Progressed(step, steps.total(), steps.epoch(step), pace.imagesPerSecond());
    }

    private void metrics(long step, double lr) throws IOException {
        Map<String, Number> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("epoch", steps.epoch(step - 1));
        line.put("train_loss", trainer.state().logLoss().value());
        line.putAll(trainer.figures());
        line.put("lr", lr);
        line.put("images_per_second", pace.imagesPerSecond());
        line.put("seconds", pace.seconds());
        directory.appendMetrics(line);
    }

    private boolean losses(long step) throws IOException {
        boolean done;
        try (NDManager arrays = trainer.manager().newSubManager()) {
            Optional<double[]> losses = StopSignal.unlessRaised(() ->
                    new double[] {trainer.evaluate(splits.validation(), arrays), trainer.evaluate(splits.test(), arrays)
                    });
            done = losses.isPresent();
            if (done) {
                double train = trainer.state().epochLoss().value();
                double[] others = losses.get();
                directory.writeLossHistory(
                        directory.lossHistory().plus(steps.epoch(step) - 1, train, others[0], others[1]));
            }
        }
        pace.resume();
        return done;
    }

    private boolean samples(long step) throws IOException {
        boolean done;
        int classes = trainer.network().classes();
        int[] labels = IntStream.range(0, config.sampleCount())
                .map(i -> classes == 0 ? 0 : i % classes)
                .toArray();
        int columns = classes > 0 ? classes : (int) Math.ceil(Math.sqrt(labels.length));
        try (NDManager arrays = trainer.manager().newSubManager()) {
            Optional<NDArray> images = StopSignal.unlessRaised(() -> trainer.draw(arrays, labels));
            done = images.isPresent();
            if (done) {
                directory.writeSamples(step, Picture.png(ImageGrid.of(images.get(), columns, GRID_SCALE)));
            }
        }
        pace.resume();
        return done;
    }
}
