package org.scorebook.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.folder.RunDirectory;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingListener;

/** Where a run goes on that had begun: an older checkpoint costs an interval, a fresh start all. */
final class Restart {
    private Restart() {}

    /**
     * Goes on from the newest checkpoint that can be read, or from the start where there is none, and drops the metrics of later
     * steps. Newer ones that are damaged get another name: they would pass for the newest, and be kept in place of good ones.
     *
     * @param listener is told of the damaged ones
     * @throws org.scorebook.base.DamagedFile if there are checkpoints and none can be read
     */
    static void fromNewest(RunTrainer trainer, Path checkpoints, RunDirectory directory, TrainingListener listener)
            throws IOException {
        List<Checkpoint> refused = new ArrayList<>();
        IOException reason = null;
        for (Checkpoint next : Checkpoint.list(checkpoints)) {
            reason = refusal(trainer, next);
            if (reason == null) {
                directory.log("goes on from step " + next.step());
                break;
            }
            directory.log("a checkpoint cannot be read: " + reason.getMessage());
            refused.add(next);
        }
        if (reason != null) {
            throw reason;
        }
        for (Checkpoint damaged : refused) {
            Path kept = damaged.setAside();
            directory.log("the damaged checkpoint is kept as " + kept);
            listener.remark("The checkpoint of step " + damaged.step() + " is damaged and kept as " + kept
                    + "; the run goes on from step " + trainer.state().step()
                    + ". log.txt says what is wrong with it.");
        }
        directory.truncateMetrics(trainer.state().step());
    }

    /** Null where it could be restored. */
    private static IOException refusal(RunTrainer trainer, Checkpoint checkpoint) {
        try {
            trainer.restore(checkpoint);
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
