package org.scorebook.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.scorebook.folder.RunDirectory;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingState;

/** What is done when a training runs away: back to a checkpoint from before, and on from there with half the learning rate. */
final class Setback {
    /** A runaway begins some steps before it is seen; checkpoints of these steps are not trusted. */
    private static final int SUSPECT_STEPS = 20;

    private static final int MOST = 5;

    private final Path checkpoints;
    private final RunDirectory directory;

    Setback(Path checkpoints, RunDirectory directory) {
        this.checkpoints = checkpoints;
        this.directory = directory;
    }

    /** Makes sure that there is a checkpoint to go back to, where the training is of a kind that may have to. */
    void prepare(RunTrainer trainer) throws IOException {
        if (trainer.recipe().isEnergy() && Checkpoint.list(checkpoints).isEmpty()) {
            trainer.save(checkpoints);
        }
    }

    /**
     * Goes back.
     *
     * @param trouble one sentence
     * @throws ArithmeticException if that has been done too often
     */
    void goBack(RunTrainer trainer, EpochSteps steps, String trouble) throws IOException {
        int times = trainer.state().setbacks() + 1;
        if (times > MOST) {
            throw new ArithmeticException(trouble + " It was the " + times
                    + "th time, with ever lower learning rates: train with a smaller lr or chain_step_size, or with"
                    + " spectral_norm. The last checkpoint is good.");
        }
        long before = trainer.state().step();
        trainer.goBack(trusted(before), times);
        TrainingState state = trainer.state();
        directory.truncateMetrics(state.step());
        directory.writeLossHistory(directory.lossHistory().first(steps.epoch(state.step())));
        directory.note(trouble + " Went back from step " + before + " to step " + state.step()
                + "; the learning rate is " + state.rateFactor() + " of the planned one from there on.");
    }

    /** The newest checkpoint from before the runaway, or the oldest there is; those after it go. */
    private Checkpoint trusted(long step) throws IOException {
        List<Checkpoint> all = Checkpoint.list(checkpoints);
        int i = 0;
        while (i < all.size() - 1 && all.get(i).step() > step - SUSPECT_STEPS) {
            all.get(i).delete();
            i++;
        }
        return all.get(i);
    }
}
