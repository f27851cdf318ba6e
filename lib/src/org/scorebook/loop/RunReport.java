package org.scorebook.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.plot.ImageGrid;
import org.scorebook.plot.Picture;
import org.scorebook.run.Progressed;
import org.scorebook.run.RunDirectory;

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
     */
    void started(Device device) throws IOException {
        long step = trainer.state().step();
        if (step < steps.total() && !steps.isLogged(step)) {
            directory.truncateMetrics(step - 1);
        }
        directory.writeLossHistory(directory.lossHistory().first(steps.epoch(step)));
        directory.progress(progressed());
        directory.log("training " + trainer.network().size() + " parameters on " + splits.train() + " for "
                + steps.total() + " steps on " + device);
    }

    /** To be called after each step, with the learning rate that it took, before {@link RunTrainer#endIntervals}. */
    void afterStep(double lr) throws IOException {
        long step = trainer.state().step();
        pace.step();
        if (steps.isLogged(step) || step == steps.total()) {
            metrics(step, lr);
        }
        directory.progress(progressed());
        if (steps.endsEpoch(step)) {
            losses(step);
        }
        if (config.sampleInterval() > 0 && (step % config.sampleInterval() == 0 || step == steps.total())) {
            samples(step);
        }
    }

    /** To be called when no more steps follow: the last of them may not have been said yet. */
    void ended() throws IOException {
        directory.progressNow(progressed());
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

    private void losses(long step) throws IOException {
        double train = trainer.state().epochLoss().value();
        try (NDManager arrays = trainer.manager().newSubManager()) {
            double validation = trainer.evaluate(splits.validation(), arrays);
            double test = trainer.evaluate(splits.test(), arrays);
            directory.writeLossHistory(directory.lossHistory().plus(steps.epoch(step) - 1, train, validation, test));
        }
        pace.resume();
    }

    private void samples(long step) throws IOException {
        int classes = trainer.network().classes();
        int[] labels = IntStream.range(0, config.sampleCount())
                .map(i -> classes == 0 ? 0 : i % classes)
                .toArray();
        int columns = classes > 0 ? classes : (int) Math.ceil(Math.sqrt(labels.length));
        try (NDManager arrays = trainer.manager().newSubManager()) {
            NDArray images = trainer.draw(arrays, labels);
            directory.writeSamples(step, Picture.png(ImageGrid.of(images, columns, GRID_SCALE)));
        }
        pace.resume();
    }
}
