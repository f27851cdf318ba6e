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
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.run.Progressed;
import org.scorebook.run.RunDirectory;
import org.scorebook.view.ImageGrid;
import org.scorebook.view.Picture;

/** What a training tells of itself: progress, metrics, losses of each epoch, grids of samples. */
final class RunReport {
    private static final int GRID_SCALE = 2;

    private final RunConfig config;
    private final RunDirectory directory;
    private final Learner learner;
    private final Splits splits;
    private final EpochSteps steps;
    private final Pace pace;

    RunReport(RunConfig config, RunDirectory directory, Learner learner, Splits splits, EpochSteps steps) {
        this.config = config;
        this.directory = directory;
        this.learner = learner;
        this.splits = splits;
        this.steps = steps;
        pace = new Pace((long) config.batchSize() * config.gradientAccumulation());
    }

    /**
     * To be called before the first step. The line of metrics at the end of a training that now goes on for longer is dropped
     * where no line is due there: the next one tells of its steps too, as in a training of that length. Its grid of samples stays.
     */
    void started(Device device) throws IOException {
        long step = learner.state().step();
        if (step < steps.total() && !isLogged(step)) {
            directory.truncateMetrics(step - 1);
        }
        directory.writeLossHistory(directory.lossHistory().first(steps.epoch(step)));
        directory.progress(progressed());
        directory.log("training " + learner.size() + " parameters on " + splits.train() + " for " + steps.total()
                + " steps on " + device);
    }

    /** To be called after each step, with the learning rate that it took. */
    void afterStep(double lr) throws IOException {
        long step = learner.state().step();
        pace.step();
        if (isLogged(step) || step == steps.total()) {
            metrics(step, lr);
        }
        directory.progress(progressed());
        if (steps.endsEpoch(step)) {
            pace.pause(() -> losses(step));
        }
        if (config.sampleInterval() > 0 && (step % config.sampleInterval() == 0 || step == steps.total())) {
            pace.pause(() -> samples(step));
        }
    }

    private boolean isLogged(long step) {
        return step % config.logInterval() == 0;
    }

    /** To be called when no more steps follow: the last of them may not have been said yet. */
    void ended() throws IOException {
        directory.progressNow(progressed());
    }

    private Progressed progressed() {
        long step = learner.state().step();
        return new Progressed(step, steps.total(), steps.epoch(step), pace.imagesPerSecond());
    }

    private void metrics(long step, double lr) throws IOException {
        Map<String, Number> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("epoch", steps.epoch(step - 1));
        TrainingState.Mean loss = learner.state().logLoss();
        line.put(
                "train_loss",
                isLogged(step) ? loss.take() : loss.mean()); // the last line, should the training go on for longer
        line.putAll(learner.trainee().figures());
        line.put("gradient_norm", learner.gradientNorm());
        line.put("lr", lr);
        line.put("images_per_second", pace.imagesPerSecond());
        line.put("seconds", pace.seconds());
        directory.appendMetrics(line);
    }

    private void losses(long step) throws IOException {
        double train = learner.state().epochLoss().take();
        try (NDManager arrays = learner.manager().newSubManager()) {
            double validation = learner.trainee().evaluate(splits.validation(), arrays);
            double test = learner.trainee().evaluate(splits.test(), arrays);
            directory.writeLossHistory(directory.lossHistory().plus(steps.epoch(step) - 1, train, validation, test));
        }
    }

    private void samples(long step) throws IOException {
        int classes = learner.average().classes();
        int[] labels = IntStream.range(0, config.sampleCount())
                .map(i -> classes == 0 ? 0 : i % classes)
                .toArray();
        int columns = classes > 0 ? classes : (int) Math.ceil(Math.sqrt(labels.length));
        try (NDManager arrays = learner.manager().newSubManager()) {
            NDArray images = SamplingPlan.of(config).draw(learner.recipe(), learner.average(), arrays, labels);
            directory.writeSamples(step, Picture.png(ImageGrid.of(images, columns, GRID_SCALE)));
        }
    }
}
