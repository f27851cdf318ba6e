package org.scorebook.sweep;

import java.io.IOException;
import java.nio.file.Path;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.run.TrainingJob;

/** How a sweep's trainings are begun, and found again. */
interface SweepJobs {
    /** In processes of this machine. */
    SweepJobs LOCAL = new SweepJobs() {
        @Override
        public TrainingJob start(RunConfig config, Path folder) throws IOException {
            return TrainingJob.start(config, folder);
        }

        @Override
        public TrainingJob of(RunDirectory run) throws IOException {
            return TrainingJob.find(run.id(), run.path().getParent());
        }
    };

    /** Begins a training in a new folder. */
    TrainingJob start(RunConfig config, Path folder) throws IOException;

    /** That of a folder. */
    TrainingJob of(RunDirectory run) throws IOException;
}
